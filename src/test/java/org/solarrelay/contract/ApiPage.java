package org.solarrelay.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Renders the OpenAPI document as docs/api.md. */
final class ApiPage {

  private static final Set<String> INLINE_SCHEMAS = Set.of("DeliveryState", "Next");

  private final ContractPage page = new ContractPage();

  static String render() {
    return new ApiPage().rendered();
  }

  private String rendered() {
    page.heading(1, Node.OPENAPI.get("info").text("title"))
        .paragraph(Node.OPENAPI.get("info").text("description"))
        .paragraph(
            """
            Rendered from the OpenAPI 3.1 document \
            [`openapi.yaml`](../src/main/resources/contracts/openapi.yaml), which the relay serves at \
            `/api/contracts/openapi.yaml`, by `%s`. [contract.md](contract.md) explains its use. \
            [events.md](events.md) documents events.\
            """
                .formatted(ContractPage.COMMAND))
        .table(
            List.of("Request", ""),
            Operation.all().stream()
                .map(
                    it ->
                        List.of(
                            ContractPage.link("`" + it.name() + "`", it.name()),
                            it.node().text("summary")))
                .toList());
    Node.OPENAPI.get("tags").elements().forEach(this::tag);
    page.heading(2, "Bodies");
    Node.OPENAPI.get("components").get("schemas").members().values().stream()
        .filter(schema -> !INLINE_SCHEMAS.contains(schema.name()))
        .forEach(this::schema);
    return page.render();
  }

  private void tag(Node tag) {
    List<Operation> operations =
        Operation.all().stream()
            .filter(it -> it.node().get("tags").texts().contains(tag.text("name")))
            .toList();
    page.heading(2, tag.text("name")).paragraph(tag.text("description"));
    page.table(
        List.of("Authentication, one of", "Value"),
        operations.stream().flatMap(ApiPage::schemes).distinct().toList());
    page.table(List.of("Problem", "When"), problems(operations));
    operations.forEach(operation -> ApiOperation.render(operation, page));
  }

  private static List<List<String>> problems(List<Operation> operations) {
    Map<String, String> meanings = new TreeMap<>();
    for (Operation operation : operations) {
      for (String status : ApiOperation.problems(operation)) {
        meanings.putIfAbsent(status, operation.response(status).text("description"));
      }
    }
    List<List<String>> rows = new ArrayList<>();
    meanings.forEach((status, when) -> rows.add(List.of(status, when)));
    return rows;
  }

  private static Stream<List<String>> schemes(Operation operation) {
    Node security =
        operation.node().has("security")
            ? operation.node().get("security")
            : Node.OPENAPI.get("security");
    return security.elements().stream()
        .flatMap(alternative -> alternative.members().keySet().stream())
        .map(name -> Node.OPENAPI.get("components").get("securitySchemes").get(name))
        .map(ApiPage::scheme);
  }

  private static List<String> scheme(Node scheme) {
    String how =
        scheme.text("type").equals("http")
            ? "`Authorization: Bearer …`"
            : scheme.text("in") + " `" + scheme.text("name") + "`";
    return List.of(how, scheme.text("description").replaceAll("\\.$", ""));
  }

  private void schema(Node schema) {
    page.heading(3, schema.name())
        .paragraph(schema.text("description") + ".")
        .table(
            List.of("Field", "Type", "Meaning"),
            ContractPage.fields(schema, "").stream().map(row -> row.subList(0, 3)).toList());
    schema.get("examples").elements().forEach(page::json);
  }
}
