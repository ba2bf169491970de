package org.solarrelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.solarrelay.event.EventJson;

/** A custom destination {@code slack} that route files add to the running relay. */
public final class OwnDestination implements AutoCloseable {

  /** The path of the destination's URL, which is a secret. */
  public static final String PATH = "/services/T0AB12CD3/B0XY98ZW7/x8Yf2kQ9wLm4Rt7Zb1Vn";

  public static final String VARIABLE = "SLACK_WEBHOOK_URL";

  private static final String ENTRY =
      """
      slack:
        url: "{{env:SLACK_WEBHOOK_URL}}"
        in-flight: 4
        rate-limit: 600/PT1M
      """;

  private static final String ROUTE =
      """
      - route:
          id: deliver-slack
          description: Leads to a channel
          from:
            uri: delivery:slack
            steps:
              - setHeader:
                  name: Content-Type
                  expression:
                    constant:
                      expression: application/json
              - setBody:
                  expression:
                    jq:
                      expression: "{text: .data.fullName} | tojson"
              - to:
                  uri: "{{relay.destinations.slack.url}}"
                  parameters:
                    httpMethod: POST
              - bean:
                  ref: routeOutcome
                  method: delivered()
      """;

  private static final String FILTER =
      """
              - filter:
                  description: Slack follows new leads
                  expression:
                    jq:
                      expression: .type == "lead.submitted"
                  steps:
                    - to:
                        uri: delivery:slack
      """;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Path folder = RelayEnvironment.routes();
  private final String fanOut;
  private final String noDestinations;

  /** Saves the destination's entry, route and filter. */
  public OwnDestination() throws IOException {
    RelayEnvironment.replaceSecret(VARIABLE, RelayEnvironment.VENDORS.baseUrl() + PATH);
    fanOut = Files.readString(folder.resolve("fan-out.camel.yaml"));
    noDestinations = Files.readString(folder.resolve("destinations.yaml"));
    save("deliver-slack.camel.yaml", ROUTE);
    save("fan-out.camel.yaml", fanOut + FILTER);
    add();
    awaitState("running");
  }

  public void add() throws IOException {
    save("destinations.yaml", ENTRY);
  }

  public void remove() throws IOException {
    save("destinations.yaml", noDestinations);
  }

  /** The destination's state in the API; empty if it is unknown. */
  public static Optional<JsonNode> state() {
    JsonNode all =
        EventJson.parse(HistoryClient.get("/api/destinations").asByteArray()).path("items");
    return StreamSupport.stream(all.spliterator(), false)
        .filter(one -> one.path("name").asText().equals("slack"))
        .findFirst();
  }

  public static JsonNode awaitState(String state) {
    return await()
        .atMost(TIMEOUT)
        .until(
            OwnDestination::state,
            now -> now.isPresent() && now.get().path("state").asText().equals(state))
        .orElseThrow();
  }

  /** Posts a new lead; returns its receipt. */
  public static String postLead() {
    String id = UUID.randomUUID().toString();
    return Senders.leads(
        "{\"id\":\"%s\",\"fullName\":\"Ada Example\",\"email\":\"%s@example.com\"}"
            .formatted(id, id));
  }

  private void save(String file, String text) throws IOException {
    Path next = Files.writeString(folder.resolve("." + file), text);
    Files.move(next, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Restores the folder. */
  @Override
  public void close() throws IOException {
    save("fan-out.camel.yaml", fanOut);
    remove();
    Files.deleteIfExists(folder.resolve("deliver-slack.camel.yaml"));
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(HistoryClient.get("/api/routes").asString())
                    .doesNotContain("deliver-slack", "rejected\""));
    RelayEnvironment.removeSecret(VARIABLE);
  }
}
