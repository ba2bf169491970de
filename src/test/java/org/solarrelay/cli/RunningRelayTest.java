package org.solarrelay.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.RelayEnvironment.VENDORS;
import static org.solarrelay.VendorStubs.ADD_LEAD;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;

/** Commands against a running relay. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class RunningRelayTest {

  private static final String REFUSED = "{\"result\":\"error\",\"data\":{\"msg\":\"Not today\"}}";

  @TestHTTPResource("/")
  URL url;

  private final String name = UUID.randomUUID().toString();
  private Terminal terminal;

  @BeforeEach
  void resetVendors() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
    terminal =
        new Terminal()
            .set("RELAY_URL", url.toString())
            .set("RELAY_OPERATOR_TOKEN", "operator-token")
            .set("WEBHOOK_TOKEN_LEADS", "leads-token,another")
            .set("WEBHOOK_SECRET_FLIP", "whsec_dGVzdC1zZWNyZXQtb2YtZmxpcC0x")
            .set("KAFKA_BOOTSTRAP_SERVERS", RelayEnvironment.bootstrapServers());
  }

  @Test
  void aLeadIsSentAsAWebhookAndPolledUntilDelivered() {
    Terminal.Done done = terminal.relayWith(lead(), "send", "--wait", "-");

    assertThat(done.err()).isEmpty();
    assertThat(done.exitCode()).isZero();
    assertThat(done.out())
        .contains("lead.submitted of web, about ")
        .containsPattern("enerflo +delivered +known there as 55555, HTTP 200, 1 attempt, delivery")
        .containsPattern("solarproof +delivered")
        .containsPattern("crm +delivered");
  }

  @Test
  void withoutWaitOnlyTheReceiptIsPrinted() {
    Terminal.Done sent = terminal.relayWith(lead(), "send", "-");
    assertThat(sent.out()).matches("[0-9a-f-]{36}\n");

    String receipt = sent.out().strip();
    HistoryClient.awaitDelivery(receipt, "crm");
    Terminal.Done explained = terminal.relay("explain", receipt);
    assertThat(explained.exitCode()).isZero();
    assertThat(explained.out()).startsWith(receipt + ": 1 event");
  }

  @Test
  void aReceiptIsFoundWithItsEventsAndAnUnknownTextIsNot() {
    String receipt = terminal.relayWith(lead(), "send", "-").out().strip();
    HistoryClient.awaitDelivery(receipt, "crm");

    Terminal.Done found = terminal.relay("find", receipt);
    assertThat(found.err()).isEmpty();
    assertThat(found.exitCode()).isZero();
    assertThat(found.out()).startsWith("Taken for: ").contains("receipt", "lead.submitted");

    Terminal.Done unknown = terminal.relay("find", "none-" + receipt + "@example.com");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.out()).startsWith("Nothing found. Taken for: e-mail");
    assertThat(terminal.relay("find", receipt, "--json").out()).contains("\"takenFor\"");
  }

  @Test
  void aPersonIsCountedFirstAndThenErased() {
    String receipt = terminal.relayWith(lead(), "send", "-").out().strip();
    HistoryClient.awaitDelivery(receipt, "crm");
    String email = name + "@example.com";

    Terminal.Done counted = terminal.relay("erase", email, "--dry-run");
    assertThat(counted.err()).isEmpty();
    assertThat(counted.exitCode()).isZero();
    assertThat(counted.out())
        .contains(name.charAt(0) + "…@example.com")
        .containsPattern("\\d  events")
        .containsPattern("\\d  deliveries")
        .doesNotContain(email, "Erased:");
    assertThat(terminal.relay("erase", email).err()).contains("add --yes to erase");

    Terminal.Done erased = terminal.relay("erase", email, "--yes", "--operator", "ada");
    assertThat(erased.err()).isEmpty();
    assertThat(erased.exitCode()).isZero();
    assertThat(erased.out()).contains("Erased:").doesNotContain(email);

    assertThat(terminal.relay("erase", email, "--yes").out()).contains("There is nothing to erase");
    assertThat(terminal.relay("find", email).exitCode()).isEqualTo(1);
    assertThat(terminal.relay("explain", receipt).out())
        .contains("an operator has erased its data", "  erased")
        .doesNotContain(email);
  }

  @Test
  void jqEvaluatesOnAMessageOfTheRelay() {
    String receipt = terminal.relayWith(lead(), "send", "-").out().strip();
    HistoryClient.awaitDelivery(receipt, "crm");

    assertThat(terminal.relay("jq", ".type, (.data | type)", "--id", receipt).out().lines())
        .containsExactly("\"lead.submitted\"", "\"object\"");
    assertThat(
            terminal
                .relay("jq", ".source, .receipt, (.body | type)", "--id", receipt, "--webhook")
                .out()
                .lines())
        .containsExactly("\"leads\"", "\"%s\"".formatted(receipt), "\"object\"");
    Terminal.Done unknown = terminal.relay("jq", ".", "--id", UUID.randomUUID().toString());
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("There is no event of");
  }

  @Test
  void plainDataOnATopicIsKnownByItsRecordPosition() throws Exception {
    Terminal.Done done =
        terminal.relayWith(
            lead(), "send", "--topic", "solar.leads", "--key", name, "--wait", "--json", "-");

    JsonNode history = new ObjectMapper().readTree(done.out());
    assertThat(done.exitCode()).isZero();
    assertThat(history.path("id").asText()).matches("solar\\.leads-\\d+-\\d+");
    assertThat(history.at("/events/0/subject").asText()).isEqualTo(name);
    assertThat(history.at("/events/0/source").asText()).isEqualTo("crm");
  }

  @Test
  void dataWithATypeIsSentAsACloudEvent() {
    Terminal.Done done =
        terminal.relayWith(
            lead(),
            ("send --topic solar.leads --type lead.submitted --source acme --subject 5 --wait -"
                    + " --id "
                    + name)
                .split(" "));

    assertThat(done.exitCode()).isZero();
    assertThat(done.out())
        .startsWith(name + ": 1 event")
        .contains("lead.submitted of acme, about 5,");
  }

  @Test
  void aChangedRouteIsTriedWithTheLastMessagesAndNothingIsSent(@TempDir Path temp)
      throws Exception {
    String sent = terminal.relayWith(lead(), "send", "--wait", "--json", "-").out();
    String event = new ObjectMapper().readTree(sent).at("/events/0/id").asText();
    HistoryClient.cancelPending();
    VENDORS.resetRequests();
    Path fanOut = temp.resolve("fan-out.camel.yaml");
    Files.writeString(
        fanOut,
        Files.readString(Path.of("routes/fan-out.camel.yaml"))
            .replace("uri: delivery:solarproof", "uri: delivery:flip"));

    Terminal.Done tried = terminal.relay("try", fanOut.toString());
    Terminal.Done json = terminal.relay("try", "--json", fanOut.toString());

    assertThat(tried.err()).isEmpty();
    assertThat(tried.exitCode()).isEqualTo(1);
    assertThat(tried.out())
        .contains("lint: the files are fine", "FAIL fan-out: A submitted lead")
        .containsPattern("fan-out: the change affects \\d+ of the last \\d+ messages?")
        .contains("  lead.submitted of web, about ", "    - solarproof.outcome: \"delivered\"");
    JsonNode messages = new ObjectMapper().readTree(json.out()).at("/routes/0/messages");
    assertThat(messages.findValuesAsText("id")).contains(event);
    assertThat(json.out()).doesNotContain("-test-key");
    VENDORS.verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void aFileWithLintProblemsIsNotTried(@TempDir Path temp) throws Exception {
    Path fanOut = Files.writeString(temp.resolve("fan-out.camel.yaml"), "- rote: {}\n");

    Terminal.Done tried = terminal.relay("try", fanOut.toString());

    assertThat(tried.exitCode()).isEqualTo(1);
    assertThat(tried.out()).contains("Did you mean \"route\"?", "problem");
  }

  @Test
  void theVersionsOfARouteFileAreListedAndTheFirstCannotBeReverted() {
    Terminal.Done listed = terminal.relay("routes", "--versions", "routes/poll-flip.camel.yaml");
    Terminal.Done refused = terminal.relay("routes", "--revert", "poll-flip");
    Terminal.Done unknown = terminal.relay("routes", "--revert", "none.camel.yaml");

    assertThat(listed.exitCode()).isZero();
    assertThat(listed.out()).contains("VERSION", "in force").hasLineCount(2);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("No earlier version of poll-flip.camel.yaml is known");
    assertThat(unknown.err()).contains("There is no route file none.camel.yaml");
    assertThat(terminal.relay("routes", "--to", "3").exitCode()).isEqualTo(2);
  }

  @Test
  void aWebhookOfFlipIsSigned() {
    Terminal.Done done =
        terminal.relay("send", "routes/samples/webhook-flip-telemetry.published.json");

    assertThat(done.err()).isEmpty();
    assertThat(done.exitCode()).isZero();
  }

  @Test
  void aWrongWebhookTokenIsReportedWithAdvice() {
    Terminal.Done done = terminal.relayWith(lead(), "send", "--webhook-token", "wrong", "-");

    assertThat(done.exitCode()).isEqualTo(2);
    assertThat(done.err()).contains("WEBHOOK_TOKEN_LEADS");
  }

  @Test
  void aRejectedWebhookEndsWithOneAndTheDetail() {
    Terminal.Done done = terminal.relayWith("no json", "send", "-");

    assertThat(done.exitCode()).isEqualTo(1);
    assertThat(done.err()).contains("The relay rejects the webhook: the body is not JSON");
  }

  @Test
  void aDeadDeliveryEndsWithOneAndIsReplayedByItsNumber() {
    rejectAtEnerflo();
    Terminal.Done sent = terminal.relayWith(lead(), "send", "--wait", "-");
    assertThat(sent.exitCode()).isEqualTo(1);
    assertThat(sent.out()).containsPattern("enerflo +dead .*Not today");
    String receipt = sent.out().substring(0, sent.out().indexOf(':'));
    String number = sent.out().replaceAll("(?s).*once it is fixed: ./relay replay (\\d+).*", "$1");

    VendorStubs.reset();
    Terminal.Done replayed = terminal.relay("replay", number, "--operator", "ana");
    assertThat(replayed.exitCode()).isZero();
    assertThat(replayed.out()).isEqualTo(number + ": pending\n");
    HistoryClient.awaitDelivery(receipt, "enerflo");
    assertThat(terminal.relay("explain", receipt).out())
        .contains("by ana")
        .containsPattern("enerflo +delivered");
    assertThat(terminal.relay("replay", receipt).err()).contains("Nothing of it is dead");
    assertThat(terminal.relay("activity", "--who", "ana", "--since", "1h", "--limit", "1").out())
        .startsWith("TIME ")
        .containsPattern("20\\S+Z +ana +replay +delivery +" + number);
    assertThat(terminal.relay("activity", "--who", "unknown-" + name).out())
        .isEqualTo("No activities\n");
  }

  @Test
  void aDryRunPrintsTheEffectForEachId() {
    rejectAtEnerflo();
    Terminal.Done sent = terminal.relayWith(lead(), "send", "--wait", "-");
    String receipt = sent.out().substring(0, sent.out().indexOf(':'));
    String number = sent.out().replaceAll("(?s).*once it is fixed: ./relay replay (\\d+).*", "$1");
    String line =
        number + ": would be replayed: lead.submitted about \\S+ to enerflo, dead, .*Not today";

    Terminal.Done byNumber = terminal.relay("replay", number, "999999999", "--dry-run");
    assertThat(byNumber.exitCode()).isEqualTo(1);
    assertThat(byNumber.out()).containsPattern("^" + line + ".*\nNothing was sent\n$");
    assertThat(byNumber.err()).contains("999999999: There is no delivery");
    Terminal.Done byReceipt = terminal.relay("replay", receipt, "--dry-run");
    assertThat(byReceipt.exitCode()).isZero();
    assertThat(byReceipt.out()).containsPattern("^" + line + ".*\nNothing was sent\n$");
    assertThat(terminal.relay("explain", receipt).out()).containsPattern("enerflo +dead");
  }

  @Test
  void deadLettersAreListedInGroupsAcknowledgedAndReplayed() {
    rejectAtEnerflo();
    terminal.relayWith(lead(), "send", "--topic", "solar.leads", "--key", name, "--wait", "-");
    VendorStubs.reset();
    String[] list = {"dead", "--destination", "enerflo", "--stage", "deliver"};

    String group =
        terminal
            .relay(list)
            .out()
            .lines()
            .filter(line -> line.contains("Not today"))
            .findFirst()
            .orElseThrow();
    assertThat(group)
        .containsPattern("^\\w{12} +\\d+ +20\\S+Z +20\\S+Z +\\w+ +deliver: enerflo +lead");
    String fingerprint = group.substring(0, 12);

    Terminal.Done acknowledged =
        terminal.relay("dead", "ack", fingerprint, "--note", "known", "--operator", "ana");
    assertThat(acknowledged.out()).isEqualTo(fingerprint + ": acknowledged by ana (known)\n");
    assertThat(terminal.relay("dead", "--state", "open").out()).doesNotContain(fingerprint);
    assertThat(terminal.relay("dead", "reopen", fingerprint).out())
        .isEqualTo(fingerprint + ": reopened\n");
    assertThat(terminal.relay("dead", "ack", "none").exitCode()).isEqualTo(1);
    assertThat(terminal.relay("dead", "--json").out()).contains("\"fingerprint\"");
    String[] replay = {"replay", "--fingerprint", fingerprint, "--subject", name};
    assertThat(terminal.relay(withYes(replay)).out()).endsWith("1 replayed\n");
  }

  private static String[] withYes(String... arguments) {
    return Stream.concat(Stream.of(arguments), Stream.of("--yes")).toArray(String[]::new);
  }

  @Test
  void aFilteredReplayCountsFirstAndNeedsAConfirmation() {
    rejectAtEnerflo();
    terminal.relayWith(lead(), "send", "--topic", "solar.leads", "--key", name, "--wait", "-");
    VendorStubs.reset();
    String[] all = {"replay", "--state", "dead", "--subject", name};

    assertThat(terminal.relay("replay", "--subject", name, "--dry-run").out())
        .isEqualTo("1 delivery, state dead, subject %s\n".formatted(name));
    Terminal.Done withoutYes = terminal.relay(all);
    assertThat(withoutYes.exitCode()).isEqualTo(2);
    assertThat(withoutYes.err()).contains("--yes");
    assertThat(terminal.relay("deliveries", "--state", "dead", "--subject", name).out())
        .contains("Not today");

    Terminal.Done done = terminal.relay("replay", "--subject", name, "--yes");
    assertThat(done.exitCode()).isZero();
    assertThat(done.out()).endsWith("1 replayed\n");
  }

  @Test
  void aDeadMessageIsReplayed() {
    Terminal.Done sent =
        terminal.relayWith(
            "{\"email\":5}", "send", "--topic", "solar.leads", "--key", name, "--wait", "-");
    assertThat(sent.exitCode()).isEqualTo(1);
    assertThat(sent.out()).contains("dead, no event: lead.submitted: data: a lead");
    String place = sent.out().substring(0, sent.out().indexOf(':'));

    assertThat(terminal.relay("deliveries", "--messages", "--reason", "A LEAD NEEDS").out())
        .startsWith("ID ")
        .containsPattern(
            Pattern.quote(place)
                + " +fan-out +solar\\.leads +20\\S+Z +lead.submitted: data: a lead");
    Terminal.Done dryRun = terminal.relay("replay", place, "--dry-run");
    assertThat(dryRun.exitCode()).isZero();
    assertThat(dryRun.out())
        .startsWith(place + ": would be sent again: dead, lead.submitted: data: a lead")
        .endsWith("\nNothing was sent\n");
    assertThat(terminal.relay("replay", place).out())
        .startsWith(place + ": sent again, as solar.leads-");
    assertThat(terminal.relay("replay", place, "--dry-run").err())
        .contains(place + ": It was replayed");
    assertThat(terminal.relay("replay", "--messages", "--source", name, "--dry-run").out())
        .isEqualTo("0 dead messages, source %s\n".formatted(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"email\":5}", "{\"specversion\":\"1.0\",\"id\":\"#\",\"source\":\"acme\"}"})
  void waitEndsAtOnceWhenAnEventDiesInFanOut(String json) {
    String event = json.replace("#", name);
    String binary =
        event.equals(json) ? " --type lead.submitted --source acme --subject 5 --id " + name : "";
    Terminal.Done sent =
        terminal.relayWith(event, ("send --topic solar.leads --wait -" + binary).split(" "));

    assertThat(sent.exitCode()).isEqualTo(1);
    assertThat(sent.out()).contains("dead, no event: ");
    assertThat(sent.err()).doesNotContain("has ended within");
  }

  @Test
  void aDeliveryIsExplainedByItsNumber() {
    String sent = terminal.relayWith(lead(), "send", "--wait", "-").out();
    String number = sent.replaceAll("(?s).*delivery (\\d+).*", "$1");

    Terminal.Done explained = terminal.relay("explain", number);

    assertThat(explained.exitCode()).isZero();
    assertThat(explained.out()).startsWith(number + ": 1 event").contains("delivery " + number);
  }

  @Test
  void anUnknownIdDoesNotStopTheOtherIds() {
    Terminal.Done done = terminal.relay("approve", "999999998", "999999999");

    assertThat(done.exitCode()).isEqualTo(1);
    assertThat(done.err()).contains("999999998: No delivery").contains("999999999: No delivery");
  }

  @Test
  void aFinishedDeliveryCannotBeCancelled() {
    rejectAtEnerflo();
    String sent = terminal.relayWith(lead(), "send", "--wait", "-").out();
    String number = sent.replaceAll("(?s).*./relay replay (\\d+).*", "$1");

    Terminal.Done done = terminal.relay("cancel", number, "--reason", "not needed");

    assertThat(done.exitCode()).isEqualTo(1);
    assertThat(done.err()).contains(number + ": It has already ended: dead");
    assertThat(terminal.relay("cancel", "999999999").err())
        .contains("999999999: There is no delivery with this id");
  }

  @Test
  void anUnknownIdEndsWithOne() {
    Terminal.Done done = terminal.relay("explain", "no/such event");

    assertThat(done.exitCode()).isEqualTo(1);
    assertThat(done.err()).contains("The id no/such event is unknown");
  }

  @Test
  void aTimeoutEndsWithOneAndSaysHowToCheckLater() {
    RelayEnvironment.VENDORS.stubFor(
        post(urlPathEqualTo(ADD_LEAD))
            .withRequestBody(containing(name))
            .willReturn(okJson("{\"result\":\"success\"}").withFixedDelay(3_000)));
    Terminal.Done done = terminal.relayWith(lead(), "send", "--wait", "--timeout", "1", "-");

    assertThat(done.exitCode()).isEqualTo(1);
    assertThat(done.err()).contains("within 1 s").contains("./relay explain ");
  }

  @Test
  void aRunningRelayPreviewsWithItsOwnConfiguration() {
    Terminal.Done done = terminal.relayWith(lead(), "preview", "--running", "-");

    assertThat(done.err()).isEmpty();
    assertThat(done.exitCode()).isZero();
    assertThat(done.out())
        .contains("POST " + RelayEnvironment.VENDORS.baseUrl() + ADD_LEAD)
        .doesNotContain("enerflo-test-key");
  }

  private void rejectAtEnerflo() {
    VendorStubs.stub(
        post(urlPathEqualTo(ADD_LEAD))
            .withRequestBody(containing(name))
            .willReturn(okJson(REFUSED)));
  }

  private String lead() {
    return """
    {"fullName":"Ada Example","email":"%s@example.com","mobile":"801-555-0101",
     "address":{"street":"1 Example St","city":"Provo","state":"UT","zip":"84601"}}\
    """
        .formatted(name);
  }
}
