package org.solarrelay.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.VendorStubs.ADD_LEAD;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;

/**
 * Forty leads are dead for one reason, three for another: an operator fixes and replays the forty.
 */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class DeadLeadsReplayTest {

  private static final int LEADS = 40;

  @TestHTTPResource("/")
  URL url;

  private final String name = UUID.randomUUID().toString();
  private final String since = Instant.now().minusSeconds(1).toString();
  private final String[] choice = {
    "--type",
    "lead.submitted",
    "--destination",
    "enerflo",
    "--reason",
    "state calif.",
    "--since",
    since
  };
  private Terminal terminal;

  @BeforeEach
  void resetVendors() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
    terminal =
        new Terminal()
            .set("RELAY_URL", url.toString())
            .set("RELAY_OPERATOR_TOKEN", "operator-token");
  }

  @Test
  void deadLeadsAreFilteredByReasonCountedReplayedAndDelivered() {
    rejectAtEnerflo("calif-", "State Calif. is not valid");
    rejectAtEnerflo("taken-", "The e-mail is taken");
    List<String> dead = new ArrayList<>();
    IntStream.range(0, LEADS).forEach(n -> dead.add(lead("calif-", n)));
    List<String> others = IntStream.range(0, 3).mapToObj(n -> lead("taken-", n)).toList();
    dead.forEach(position -> assertThat(state(position)).isEqualTo("dead"));
    others.forEach(position -> assertThat(state(position)).isEqualTo("dead"));

    String list = relay("deliveries", "--state", "dead");
    assertThat(list.lines().filter(line -> line.contains("State Calif. is not valid")))
        .hasSize(LEADS);
    assertThat(list).doesNotContain("The e-mail is taken");

    VendorStubs.reset();
    rejectAtEnerflo("taken-", "The e-mail is taken");

    String counted = "40 deliveries, state dead, destination enerflo, type lead.submitted";
    assertThat(relay("replay", "--dry-run")).startsWith(counted).hasLineCount(1);
    dead.forEach(position -> assertThat(state(position)).isEqualTo("dead"));

    assertThat(relay("replay", "--yes")).startsWith(counted).endsWith("\n40 replayed\n");

    dead.forEach(DeadLeadsReplayTest::awaitDelivered);
    assertThat(relay("deliveries")).isEqualTo("No deliveries\n");
    assertThat(relay("replay", "--dry-run")).startsWith("0 deliveries");
    others.forEach(position -> assertThat(state(position)).isEqualTo("dead"));
  }

  private String relay(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of(choice));
    arguments.addAll(List.of(more));
    Terminal.Done done = terminal.relay(arguments.toArray(String[]::new));
    assertThat(done.err()).isEmpty();
    assertThat(done.exitCode()).isZero();
    return done.out();
  }

  private void rejectAtEnerflo(String mark, String message) {
    VendorStubs.stub(
        post(urlPathEqualTo(ADD_LEAD))
            .withRequestBody(containing(mark + name))
            .willReturn(
                okJson("{\"result\":\"error\",\"data\":{\"msg\":\"%s\"}}".formatted(message))));
  }

  private String lead(String mark, int number) {
    String lead =
        """
        {"fullName":"Ada Example","email":"%s%s-%d@example.com","address":{"state":"Calif."}}\
        """
            .formatted(mark, name, number);
    var sent = Producers.send("solar.leads", mark + name + "-" + number, lead);
    return "%s-%d-%d".formatted(sent.topic(), sent.partition(), sent.offset());
  }

  private static String state(String position) {
    return HistoryClient.awaitDelivery(position, "enerflo").path("state").asText();
  }

  private static void awaitDelivered(String position) {
    Awaitility.await().until(() -> state(position), state -> state.equals("delivered"));
  }
}
