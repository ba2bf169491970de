package org.solarrelay.routes;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.solarrelay.RelayEnvironment;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class RoutesResourceTest {

  @Inject ProducerTemplate sender;

  @Test
  void everyFileAndRouteIsThereWithItsState() {
    JsonPath overview = overview();

    assertThat(overview.getList("files.path", String.class))
        .contains("deliver-crm.camel.yaml", "kamelets/crm-callback-sink.kamelet.yaml");
    assertThat(overview.getList("files.state", String.class)).containsOnly("ok");
    assertThat(overview.getList("routes.state", String.class)).containsOnly("started");
    assertThat(overview.getList("routes.problem", String.class)).containsOnlyNulls();
    assertThat(overview.getString("routes.find{it.id=='poll-flip-read'}.file"))
        .isEqualTo("poll-flip.camel.yaml");
    assertThat(overview.getString("routes.find{it.id=='deliver-crm'}.from"))
        .isEqualTo("delivery://crm");
  }

  @Test
  void theRoutesBetweenTheTopicsAreThereToo() {
    JsonPath overview = overview();

    assertThat(overview.getString("routes.find{it.id=='read-inbox'}.from"))
        .startsWith("topic://solar.inbox");
    assertThat(overview.getString("routes.find{it.id=='read-events'}.file"))
        .isEqualTo("pipeline/PipelineRoutes");
  }

  @Test
  void aRouteThatFailsOnItsMessagesShowsHowOften() {
    String route = "routes.find{it.id=='translate-flip'}.exchanges.";
    long before = overview().getLong(route + "failures");

    sender.send("direct:translate-flip", exchange -> exchange.getMessage().setBody("no webhook"));

    JsonPath after = overview();
    assertThat(after.getLong(route + "failures")).isEqualTo(before + 1);
    assertThat(after.getDouble(route + "failureRate")).isPositive();
    assertThat(after.getString(route + "lastFailure")).isEqualTo("no type conversion available");
  }

  private static JsonPath overview() {
    return given()
        .header("Authorization", "Bearer operator-token")
        .get("/api/routes")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
