package org.solarrelay;

import static io.restassured.RestAssured.given;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.UUID;
import org.solarrelay.event.EventJson;

/** Sends webhooks like vendors and web forms; each method returns the receipt. */
public final class Senders {

  private Senders() {}

  /** Sends a webhook of Enerflo, 1.0 or 2.0. */
  public static String enerflo(String body) {
    return accepted(withToken("enerflo-token"), "enerflo", body);
  }

  /** Sends a webhook of Solar Proof to the URL of the event. */
  public static String solarproof(String event, String body) {
    return accepted(withToken("solarproof-token"), "solarproof/" + event, body);
  }

  /** Sends a lead like a web form or CRM. */
  public static String leads(String body) {
    return accepted(withToken("leads-token"), "leads", body);
  }

  /** Sends a signed webhook of Flip. */
  public static String flip(String body) {
    String id = "msg_" + UUID.randomUUID();
    long now = Instant.now().getEpochSecond();
    try {
      String signature = new Webhook("whsec_dGVzdC1zZWNyZXQtb2YtZmxpcC0x").sign(id, now, body);
      RequestSpecification signed =
          given()
              .header("Webhook-Id", id)
              .header("Webhook-Timestamp", now)
              .header("Webhook-Signature", signature);
      return accepted(signed, "flip", body);
    } catch (WebhookSigningException e) {
      throw new AssertionError(e);
    }
  }

  private static RequestSpecification withToken(String token) {
    return given().header("X-Webhook-Token", token);
  }

  private static String accepted(RequestSpecification sender, String path, String body) {
    byte[] answer =
        sender
            .contentType("application/json")
            .body(body)
            .post("/webhooks/" + path)
            .then()
            .statusCode(202)
            .extract()
            .asByteArray();
    // REST Assured's path() compiles a Groovy script for each call
    return EventJson.parse(answer).path("receipt").asText();
  }
}
