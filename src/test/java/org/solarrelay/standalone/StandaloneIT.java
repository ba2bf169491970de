package org.solarrelay.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program in standalone mode, as in the README. */
class StandaloneIT {

  @TempDir Path temp;

  @Test
  void withoutConfigurationALeadIsDeliveredToAllVendorsAndSurvivesARestart() throws Exception {
    try (PackagedRelay relay = new PackagedRelay(temp.resolve("data"), Map.of())) {
      relay.start();
      assertThat(relay.post("/webhooks/leads", lead("one"))).isEqualTo(202);
      awaitAtAllVendors(relay, "one");
      assertCrossSiteRequestsAreRejected(relay);
      assertTheConsoleIsOpen(relay);

      assertThat(relay.stop()).isTrue();
      relay.start();
      assertThat(recordsAt(relay, "enerflo", "leads")).containsOnly("one@example.com");
      assertThat(relay.get("/api/deliveries?state=delivered")).contains("\"vendorId\":\"55555\"");
      assertThat(relay.log()).doesNotContain("one@example.com").doesNotContain("8015550100");
    }
  }

  /** Checks requests that a page of another site can make a browser send. */
  private static void assertCrossSiteRequestsAreRejected(PackagedRelay relay) throws Exception {
    String local = "Host: localhost\r\n";
    String json = "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    String form = "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}";
    String page = "Origin: http://evil.example\r\n";
    for (String line :
        List.of(
            "GET /api/deliveries",
            "GET /sandbox/enerflo",
            "POST /webhooks/leads",
            "POST /webhooks/flip",
            "POST /api/subscriptions/solarproof")) {
      assertThat(relay.statusLine(line + " HTTP/1.1\r\nHost: evil.example\r\n" + json))
          .as(line)
          .contains(" 403 ");
      assertThat(relay.statusLine(line + " HTTP/1.1\r\n" + local + page + json))
          .as(line)
          .contains(" 403 ");
    }
    assertThat(relay.statusLine("POST /api/subscriptions/solarproof HTTP/1.1\r\n" + local + form))
        .contains(" 415 ");
    assertThat(
            relay.statusLine(
                "GET /api/deliveries HTTP/1.1\r\nHost: localhost:8080\r\nOrigin: http://localhost\r\n\r\n"))
        .contains(" 200 ");
  }

  /** Checks that a browser needs no sign-in, and that its own forms work. */
  private static void assertTheConsoleIsOpen(PackagedRelay relay) throws Exception {
    String host = " HTTP/1.1\r\nHost: localhost\r\n";
    assertThat(relay.log()).contains("/console");
    assertThat(relay.statusLine("GET /" + host + "\r\n")).contains(" 303 ");
    assertThat(relay.statusLine("GET /console" + host + "\r\n")).contains(" 200 ");
    String resume = "POST /console/destinations/crm/resume" + host + "Content-Length: 0\r\n";
    assertThat(relay.statusLine(resume + "Sec-Fetch-Site: same-origin\r\n\r\n")).contains(" 303 ");
    assertThat(relay.statusLine(resume + "Sec-Fetch-Site: cross-site\r\n\r\n")).contains(" 403 ");
    assertThat(relay.statusLine(resume + "\r\n")).contains(" 403 ");
  }

  private static void awaitAtAllVendors(PackagedRelay relay, String name) {
    String email = name + "@example.com";
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(recordsAt(relay, "enerflo", "leads")).contains(email);
              assertThat(recordsAt(relay, "solarproof", "customers")).contains(email);
              assertThat(relay.get("/sandbox/crm")).contains(email);
            });
  }

  static Set<String> recordsAt(PackagedRelay relay, String vendor, String kind) throws Exception {
    JsonNode holds = new ObjectMapper().readTree(relay.get("/sandbox/" + vendor)).path("holds");
    Set<String> emails = new TreeSet<>();
    holds
        .path(kind)
        .findValuesAsText("email")
        .forEach(email -> assertThat(emails.add(email)).isTrue());
    return emails;
  }

  static String lead(String name) {
    return """
        {"id":"%s","firstName":"Ada","lastName":"Example","email":"%s@example.com","mobile":"8015550100",
         "address":{"street":"1 Example St","city":"Provo","state":"UT","zip":"84601"}}"""
        .formatted(name, name);
  }
}
