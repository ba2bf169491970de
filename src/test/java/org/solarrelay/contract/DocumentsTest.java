package org.solarrelay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.apicurio.datamodels.Library;
import io.apicurio.datamodels.validation.ValidationProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.event.EventSchemas;
import org.solarrelay.event.EventType;

/** The contract's documents are valid, and so are their examples. */
class DocumentsTest {

  static Stream<Node> documents() {
    return Stream.of(Node.OPENAPI, Node.ASYNCAPI);
  }

  @Test
  void theOpenApiDocumentMatchesTheOfficialSchema() throws IOException {
    try (InputStream schema =
        Library.class.getResourceAsStream("/openapi/schemas/v3.1/schema.yaml")) {
      JsonNode official = new YAMLMapper().readTree(schema);

      assertThat(
              JsonSchemaFactory.getInstance(VersionFlag.V202012)
                  .getSchema(official)
                  .validate(Node.OPENAPI.json()))
          .isEmpty();
    }
  }

  /** Checked by a library, because none in the registry has the official schema. */
  @Test
  void theAsyncApiDocumentIsValid() {
    List<ValidationProblem> problems =
        Library.validate(Library.readDocument((ObjectNode) Node.ASYNCAPI.json().deepCopy()), null);

    assertThat(problems)
        .extracting(it -> it.nodePath + " " + it.property + ": " + it.message)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyReferenceHasATarget(Node document) {
    assertThat(references(document)).isNotEmpty().allSatisfy(Node::target);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void theVersionIsTheProgramsVersion(Node document) throws IOException {
    String version = document.get("info").text("version");

    assertThat(Files.readString(Path.of("pom.xml")))
        .containsPattern("<artifactId>solar-relay</artifactId>\\s*<version>" + version + "[<-]");
  }

  @Test
  void everyExampleOfAResponseMatchesItsSchema() {
    assertThat(Node.OPENAPI.get("components").get("schemas").members().values())
        .allSatisfy(
            schema ->
                assertThat(schema.get("examples").elements())
                    .allSatisfy(
                        it ->
                            assertThat(StrictSchemaValidator.errors(schema, it.json())).isEmpty()));
  }

  @Test
  void everyEventTypeHasAnExampleThatMatchesItsSchema() {
    assertThat(EventType.values())
        .allSatisfy(
            type -> {
              List<Node> examples = Node.schema(type.id()).get("examples").elements();
              assertThat(examples).isNotEmpty();
              examples.forEach(example -> EventSchemas.check(type, example.json()));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloudevent", "outcome"})
  void otherSchemasHaveAValidExample(String name) {
    Node schema = Node.schema(name);

    assertThat(schema.get("examples").elements())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(StrictSchemaValidator.errors(schema, it.json())).isEmpty());
  }

  @Test
  void everySampleEventIsAStructuredCloudEventOfItsType() throws IOException {
    for (EventType type : EventType.values()) {
      Path sample = Path.of("routes/samples/event-" + type.id() + ".json");
      JsonNode event = new ObjectMapper().readTree(sample.toFile());

      assertThat(event.path("type").asText()).isEqualTo(type.id());
      assertThat(StrictSchemaValidator.errors(Node.schema("cloudevent"), event))
          .as(sample.toString())
          .isEmpty();
    }
  }

  private static List<Node> references(Node node) {
    Stream<Node> own = node.refers() ? Stream.of(node) : Stream.empty();
    Stream<Node> below =
        node.json().isArray()
            ? node.elements().stream()
            : node.json().properties().stream()
                .map(it -> new Node(node.file(), node.pointer(), it.getValue()));
    return Stream.concat(own, below.flatMap(it -> references(it).stream())).toList();
  }
}
