package org.solarrelay.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.HistoryClient.get;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.event.EventType;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class ContractsResourceTest {

  private static final String LIST = "/api/contracts";

  @Test
  void everyDocumentOfTheListIsServed() {
    List<String> urls = get(LIST).jsonPath().getList("items.url");

    assertThat(urls).hasSize(EventType.values().length + 3);
    assertThat(urls).allSatisfy(url -> get(url).then().statusCode(200));
  }

  @Test
  void everyReferenceOfAServedDocumentIsServed() throws IOException {
    Set<String> visited = new TreeSet<>();
    follow(LIST + "/asyncapi.yaml", visited);
    follow(LIST + "/openapi.yaml", visited);

    assertThat(visited)
        .contains(LIST + "/schemas/lead.schema.json", LIST + "/schemas/common.schema.json");
  }

  @Test
  void aSchemaIsServedByTypeAndByFileName() {
    assertThat(get(LIST + "/schemas/lead.submitted.json").asString())
        .isEqualTo(get(LIST + "/schemas/lead.submitted.schema.json").asString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing.yaml",
        "schemas/nothing.json",
        "schemas/..%2F..%2Fcontracts%2Fopenapi.json",
        "%2E%2E%2Fapplication.yaml"
      })
  void noOtherFileOfTheClassPathIsServed(String path) {
    given()
        .urlEncodingEnabled(false)
        .header("Authorization", "Bearer operator-token")
        .get(LIST + "/" + path)
        .then()
        .statusCode(404);
  }

  private static void follow(String url, Set<String> visited) throws IOException {
    if (!visited.add(url)) {
      return;
    }
    String text = get(url).then().statusCode(200).extract().asString();
    for (JsonNode reference : new YAMLMapper().readTree(text).findValues("$ref")) {
      String file = reference.asText().split("#")[0];
      if (!file.isEmpty()) {
        follow(URI.create(url).resolve(file).toString(), visited);
      }
    }
  }
}
