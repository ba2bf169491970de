package org.solarrelay.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Route files change while the packaged program processes leads. */
class ReloadIT {

  private static final Pattern RELOADED =
      Pattern.compile("Route files reloaded in \\d+ ms: .*fan-out");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int SENDERS = 4;

  /** How often each route file changes while leads arrive. */
  private static final int ROUNDS = 10;

  /** Below Enerflo's limit of 300 calls a minute. */
  private static final long EVERY = 220;

  @TempDir Path temp;

  private Path routes;

  @BeforeEach
  void copyRoutes() throws IOException {
    routes = temp.resolve("routes");
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      for (Path file : files.toList()) {
        Files.copy(file, routes.resolve(Path.of("routes").relativize(file).toString()));
      }
    }
  }

  @Test
  void editsUnderLoadNeitherLoseNorDuplicateLeads() throws Exception {
    try (PackagedRelay relay = relay()) {
      relay.start();
      for (String vendor : new String[] {"enerflo", "solarproof", "crm"}) {
        relay.setFaults(vendor, "{\"delayMillis\":300}");
      }
      ScheduledExecutorService senders = Executors.newScheduledThreadPool(SENDERS);
      Set<String> sent = ConcurrentHashMap.newKeySet();
      List<String> refused = new CopyOnWriteArrayList<>();
      senders.scheduleAtFixedRate(
          () -> senders.execute(() -> send(relay, sent, refused)), 0, EVERY, MILLISECONDS);
      String slow = "slow@example.com";
      Socket connection = sendHalf(relay, lead(slow));
      edit("intake-webhooks.camel.yaml", "202 with the receipt", "202 and a receipt");
      edit(
          "translate-leads.camel.yaml",
          "webhooks of web forms and CRMs",
          "webhooks of forms and CRMs");
      edit("fan-out.camel.yaml", "Selects the destinations", "Finds the destinations");
      awaitReload(relay, 1);
      sendRest(connection, lead(slow));
      assertThat(PackagedRelay.statusLine(connection)).isEqualTo("HTTP/1.1 202 Accepted");
      sent.add(slow);
      edit("deliver-crm.camel.yaml", "Sends every event", "Sends each event");
      edit(
          "deliver-solarproof.camel.yaml",
          "Updates the lead's customer",
          "Changes the lead's customer");
      awaitReload(relay, 2);
      edit("deliver-enerflo-leads.camel.yaml", "ref: enerfloMapper", "ref: enerfloMaper");
      edit("kamelets/crm-callback-sink.kamelet.yaml", "name: webhook-id", "name: Webhook-Id");
      edit("kamelets/enerflo-add-lead-sink.kamelet.yaml", "name: Accept", "name: accept");
      awaitReload(relay, 3);
      for (int round = 1; round <= ROUNDS; round++) {
        editEveryRoute(round);
        awaitReload(relay, 3 + round);
      }
      senders.shutdown();
      assertThat(senders.awaitTermination(10, SECONDS)).isTrue();

      assertThat(refused).isEmpty();
      assertThat(sent).isNotEmpty();
      await()
          .atMost(TIMEOUT)
          .untilAsserted(() -> assertThat(Set.copyOf(sentToCrm(relay))).isEqualTo(sent));
      for (String destination : new String[] {"enerflo", "solarproof", "crm"}) {
        awaitEachDeliveredAtFirstAttempt(relay, destination, sent.size());
      }
      assertThat(relay.get("/api/routes")).contains("\"state\":\"rejected\"");
      assertThat(relay.log()).contains("Did you mean \"enerfloMapper\"?");
    }
  }

  @Test
  void aCustomDestinationGetsDeliveriesOnceItsRouteExistsAndItsSpecsPass() throws Exception {
    Path fanOut = routes.resolve("fan-out.camel.yaml");
    try (PackagedRelay relay =
        new PackagedRelay(
                temp.resolve("data"),
                Map.of(
                    "RELAY_ROUTES_DIR",
                    routes.toString(),
                    "RELAY_DESTINATIONS_ACME_URL",
                    "http://127.0.0.1:9",
                    "RELAY_DESTINATIONS_ACME_API_KEY",
                    "k",
                    "RELAY_DESTINATIONS_ACME_SETTINGS",
                    "ACME_URL"))
            .onPreparedData()) {
      relay.start();
      await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () ->
                  assertThat(relay.get("/api/destinations"))
                      .contains("no route begins at delivery:acme"));
      Files.writeString(
          fanOut,
          Files.readString(fanOut).replace("uri: delivery:solarproof", "uri: delivery:acme"));
      await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () ->
                  assertThat(relay.get("/api/routes"))
                      .contains("no route begins at delivery:acme"));
      Files.writeString(
          routes.resolve("deliver-acme.camel.yaml"),
          """
          - route:
              id: deliver-acme
              description: Leads to Acme
              from:
                uri: delivery:acme
                steps:
                  - setBody:
                      expression:
                        constant:
                          expression: '{"id": "acme-1"}'
                  - bean:
                      ref: routeOutcome
                      method: delivered('.id')
          """);

      await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () ->
                  assertThat(relay.get("/api/routes"))
                      .contains("\"file\":\"tests/fan-out.test.yaml\"")
                      .contains("expected [crm, enerflo, solarproof], was [acme, crm, enerflo]"));
      assertThat(relay.log())
          .contains("fan-out.camel.yaml is rejected, the previous version stays in force: tests/")
          .doesNotContain("Webhooks of flip are closed");
      Files.delete(routes.resolve("tests/the-whole-way.test.yaml"));
      edit("tests/fan-out.test.yaml", "enerflo, solarproof", "enerflo, acme");

      await().atMost(TIMEOUT).until(() -> RELOADED.matcher(relay.log()).find());

      relay.call("POST", "/webhooks/leads", "{\"id\":\"L-1\",\"email\":\"ada@example.com\"}");

      await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () ->
                  assertThat(relay.get("/api/deliveries?destination=acme&state=delivered"))
                      .contains("acme-1"));
    }
  }

  private PackagedRelay relay() throws IOException {
    return new PackagedRelay(
            temp.resolve("data"),
            Map.of("RELAY_ROUTES_DIR", routes.toString(), "RELAY_RELOAD_SPECS", "off"))
        .onPreparedData();
  }

  private void edit(String file, String before, String after) throws IOException {
    String text = Files.readString(routes.resolve(file));
    assertThat(text).contains(before);
    Files.writeString(routes.resolve(file), text.replace(before, after));
  }

  private void editEveryRoute(int round) throws IOException {
    try (Stream<Path> files = Files.list(routes)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".camel.yaml")).toList()) {
        String text = Files.readString(file).replaceAll("(?m)^    note: .*\\n", "");
        Files.writeString(
            file, text.replaceAll("(?m)^    id: .*$", "$0\n    note: round " + round));
      }
    }
  }

  private static void awaitReload(PackagedRelay relay, int number) {
    await()
        .atMost(TIMEOUT)
        .until(() -> relay.log().split("Route files reloaded", -1).length > number);
  }

  private static String lead(String email) {
    return """
        {"firstName":"Ada","lastName":"Example","email":"%s","mobile":"8015550100",
         "address":{"street":"1 Example St","city":"Provo","state":"UT","zip":"84601"}}\
        """
        .formatted(email);
  }

  /** Sends the head of a webhook and half of its body, and leaves the connection open. */
  private static Socket sendHalf(PackagedRelay relay, String body) throws IOException {
    Socket connection = relay.connect();
    String head =
        """
        POST /webhooks/leads HTTP/1.1\r
        Host: localhost\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(body.length());
    connection
        .getOutputStream()
        .write((head + body.substring(0, body.length() / 2)).getBytes(US_ASCII));
    return connection;
  }

  private static void sendRest(Socket connection, String body) throws IOException {
    connection.getOutputStream().write(body.substring(body.length() / 2).getBytes(US_ASCII));
  }

  private static void send(PackagedRelay relay, Set<String> sent, List<String> refused) {
    String email = UUID.randomUUID() + "@example.com";
    try {
      int status = relay.post("/webhooks/leads", lead(email));
      if (status == 202) {
        sent.add(email);
      } else {
        refused.add(String.valueOf(status));
      }
    } catch (IOException | InterruptedException e) {
      refused.add(e.toString());
    }
  }

  /** Every delivery needs one attempt: none met a missing route. */
  private static void awaitEachDeliveredAtFirstAttempt(
      PackagedRelay relay, String destination, int expected) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              List<JsonNode> deliveries = deliveries(relay, destination);
              assertThat(deliveries).hasSize(expected);
              assertThat(deliveries)
                  .allMatch(it -> it.path("state").asText().equals("delivered"))
                  .allMatch(it -> it.path("attempts").asInt() == 1);
            });
  }

  private static List<JsonNode> deliveries(PackagedRelay relay, String destination)
      throws Exception {
    List<JsonNode> all = new ArrayList<>();
    String page = "/api/deliveries?limit=500&destination=" + destination;
    String cursor = "";
    while (cursor != null) {
      JsonNode response = JSON.readTree(relay.get(page + cursor));
      response.path("items").forEach(all::add);
      String next = response.path("next").asText(null);
      cursor = next == null || next.equals("null") ? null : "&cursor=" + next;
    }
    return all;
  }

  private static List<String> sentToCrm(PackagedRelay relay) throws Exception {
    JsonNode holds = JSON.readTree(relay.get("/sandbox/crm")).path("holds");
    return holds.findValuesAsText("email");
  }
}
