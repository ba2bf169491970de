package org.solarrelay.intake;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.solarrelay.RelayEnvironment;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class IntakeWebhooksRouteTest {

  @Test
  void aWebhookWithItsTokenIsAcceptedWithAReceipt() {
    given()
        .header("X-Webhook-Token", "leads-token")
        .contentType("application/json")
        .body("{\"firstName\":\"Ferris\",\"email\":\"custy@enerflo.io\"}")
        .post("/webhooks/leads")
        .then()
        .statusCode(202)
        .body("receipt", matchesPattern("[0-9a-f-]{36}"));
  }
}
