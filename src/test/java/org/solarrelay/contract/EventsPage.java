package org.solarrelay.contract;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Renders the AsyncAPI document and its schemas as docs/events.md. */
final class EventsPage {

  private static final List<String> COLUMNS = List.of("Field", "Type", "Meaning", "Example");
  private static final List<String> HEADERS = List.of("Header", "Type", "Meaning", "Example");

  private final ContractPage page = new ContractPage();

  static String render() {
    return new EventsPage().rendered();
  }

  private String rendered() {
    Node components = Node.ASYNCAPI.get("components");
    page.heading(1, Node.ASYNCAPI.get("info").text("title"))
        .paragraph(Node.ASYNCAPI.get("info").text("description"))
        .paragraph(
            """
            Rendered from the AsyncAPI 3.0 document \
            [`asyncapi.yaml`](../src/main/resources/contracts/asyncapi.yaml) and the \
            [schemas](../src/main/resources/schemas/), which the relay serves at \
            `/api/contracts/asyncapi.yaml` and `/api/contracts/schemas/{type}.json`, by `%s`. \
            [contract.md](contract.md) explains their use. Required fields are **bold**. The relay keeps fields \
            that a schema does not define.\
            """
                .formatted(ContractPage.COMMAND));
    topics();
    page.heading(2, "CloudEvent")
        .paragraph(
            "Structured: the envelope is the value, with the header `content-type: application/cloudevents+json`.")
        .table(COLUMNS, ContractPage.fields(Node.schema("cloudevent"), ""))
        .json(Node.schema("cloudevent").get("examples").elements().get(0))
        .paragraph("Binary: the attributes are headers, the value is the data.")
        .table(
            HEADERS, ContractPage.fields(components.get("schemas").get("cloudEventHeaders"), ""));
    Node.ASYNCAPI.get("channels").members().values().forEach(this::channel);
    return page.render();
  }

  private void topics() {
    List<List<String>> rows = new ArrayList<>();
    for (Node channel : Node.ASYNCAPI.get("channels").members().values()) {
      String types =
          channel.get("messages").members().values().stream()
              .map(message -> message.text("name"))
              .filter(name -> name.contains("."))
              .map(name -> ContractPage.link("`" + name + "`", name))
              .collect(joining(" "));
      rows.add(
          List.of(
              ContractPage.link("`" + channel.text("address") + "`", channel.text("address")),
              types.isEmpty() ? channel.text("title") : types,
              channel.text("description")));
    }
    page.table(List.of("Topic", "Holds", ""), rows);
  }

  private void channel(Node channel) {
    page.heading(2, channel.text("address")).paragraph(channel.text("description"));
    Map<String, Node> messages = channel.get("messages").members();
    shared(messages);
    messages.values().forEach(this::message);
  }

  /** The common fields of the types of a topic. */
  private void shared(Map<String, Node> messages) {
    messages.values().stream()
        .map(message -> message.get("payload").get("schema"))
        .filter(Node::refers)
        .map(Node::target)
        .filter(Node::refers)
        .map(Node::target)
        .distinct()
        .filter(schema -> messages.size() > 1)
        .forEach(
            schema ->
                page.heading(3, schema.text("title"))
                    .paragraph(schema.text("description"))
                    .table(COLUMNS, ContractPage.fields(schema, "")));
  }

  private void message(Node message) {
    Node payload = message.get("payload").get("schema");
    boolean event = message.text("name").contains(".");
    if (message.text("name").startsWith("bare") || message.text("name").startsWith("structured")) {
      return;
    }
    if (event) {
      page.heading(3, message.text("name"));
    }
    page.paragraph(message.text("summary"));
    if (!event) {
      page.table(HEADERS, ContractPage.fields(message.get("headers"), ""));
    }
    if (payload.refers()) {
      data(payload.target());
    }
  }

  private void data(Node schema) {
    boolean alsoShared = schema.refers();
    Node own =
        alsoShared ? new Node(schema.file(), schema.pointer(), schema.json().deepCopy()) : schema;
    if (alsoShared) {
      ((ObjectNode) own.json()).remove("$ref");
      String title = schema.target().text("title");
      page.paragraph(
          (own.has("properties") ? "Besides the fields of " : "The fields of ")
              + ContractPage.link(title, title)
              + (own.has("properties") ? ":" : "."));
    }
    page.table(COLUMNS, ContractPage.fields(own, ""));
    schema.get("examples").elements().forEach(page::json);
  }
}
