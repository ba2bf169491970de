package org.solarrelay.contract;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Renders the section of an operation on the API page. */
final class ApiOperation {

  private ApiOperation() {}

  static void render(Operation operation, ContractPage page) {
    page.heading(3, operation.name())
        .paragraph(operation.node().text("summary") + ".")
        .paragraph(operation.node().text("description"))
        .table(
            List.of("Parameter", "In", "Type", "Meaning"),
            operation.parameters().stream().map(ApiOperation::parameter).toList());
    operation
        .node()
        .get("requestBody")
        .get("content")
        .members()
        .forEach((type, media) -> page.paragraph("Body, `%s`: %s.".formatted(type, body(media))));
    List<String> problems = problems(operation);
    operation.statuses().stream()
        .filter(status -> !problems.contains(status))
        .forEach(status -> page.paragraph(response(status, operation.response(status))));
    page.paragraph("Problems: " + String.join(", ", problems) + ".");
  }

  /** The statuses whose body is problem+json. */
  static List<String> problems(Operation operation) {
    return operation.statuses().stream()
        .filter(status -> operation.response(status).get("content").has("application/problem+json"))
        .toList();
  }

  private static List<String> parameter(Node parameter) {
    String name = "`" + parameter.text("name") + "`";
    boolean required = parameter.get("required").json().asBoolean();
    String absent = parameter.get("schema").text("default");
    return List.of(
        required ? "**" + name + "**" : name,
        parameter.text("in"),
        FieldType.of(parameter.get("schema")),
        parameter.text("description")
            + (absent.isEmpty() ? "" : "; `" + absent + "` if not given"));
  }

  private static String response(String status, Node response) {
    String bodies =
        response.get("content").members().entrySet().stream()
            .map(media -> "`%s` %s".formatted(media.getKey(), body(media.getValue())))
            .collect(joining(", "));
    String text = "**%s** %s".formatted(status, response.text("description"));
    return text + (bodies.isEmpty() ? "." : ": " + bodies + ".");
  }

  private static String body(Node media) {
    if (!media.has("schema")) {
      return "in the sender's form";
    }
    Node schema = media.get("schema");
    if (!schema.refers()) {
      return FieldType.of(schema);
    }
    Node target = schema.target();
    String title = target.text("title");
    return title.isEmpty()
        ? ContractPage.link(target.name(), target.name())
        : ContractPage.link(title, title).replace("(#", "(events.md#");
  }
}
