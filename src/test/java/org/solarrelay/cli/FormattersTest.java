package org.solarrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** The formatters of the relay's responses. */
class FormattersTest {

  private static final String EVENT =
      """
      {"id":"e-1","source":"crm","type":"lead.submitted","subject":"77","time":"2026-03-01T10:00:00.5+01:00",
       "receipt":"r-1","place":"solar.leads-6-2"}""";

  @Test
  void aHistoryShowsMessageEventsAndDeliveries() {
    String delivered =
        """
        {"id":9,"eventId":"e-1","source":"crm","destination":"crm","state":"delivered","attempts":1,"status":204,"vendorId":"v-5"}""";

    assertThat(history("events", "null", delivered))
        .isEqualTo(
            """
            asked: 1 event

            lead.submitted of crm, about 77, 2026-03-01T09:00:00Z
              event e-1, at solar.leads-6-2, receipt r-1
              crm  delivered  known there as v-5, HTTP 204, 1 attempt, delivery 9
            """);
  }

  @Test
  void aDeadDeliveryShowsItsLastAttemptsAndTheReplayCommand() {
    StringBuilder failures = new StringBuilder();
    for (int n = 1; n <= 40; n++) {
      failures
          .append(n > 1 ? "," : "")
          .append("{\"attempt\":%d,\"at\":\"2026-03-01T10:00:00Z\",".formatted(n))
          .append("\"reason\":\"HTTP 503\",\"answer\":\"Come back later\"}");
    }
    String dead =
        """
        {"id":9,"eventId":"e-1","source":"crm","destination":"enerflo","state":"dead","attempts":40,
         "reason":"given up","failures":[%s],"replays":[{"at":"2026-03-02T10:00:00Z","by":"ana"}]}"""
            .formatted(failures);

    assertThat(history("events", "null", dead))
        .contains("enerflo  dead       given up, 40 attempts, delivery 9")
        .contains("… and 35 attempts before")
        .contains("attempt 36, 2026-03-01T10:00:00Z: HTTP 503, response Come back later")
        .doesNotContain("attempt 35,")
        .contains("replayed 2026-03-02T10:00:00Z by ana")
        .contains("./relay replay 9");
  }

  @Test
  void aFailedAttemptShowsItsCalls() {
    String dead =
        """
        {"id":9,"eventId":"e-1","source":"crm","destination":"solarproof","state":"dead","attempts":1,
         "reason":"given up","failures":[{"attempt":1,"at":"2026-03-01T10:00:00Z","reason":"given up"}],
         "requests":[{"attempt":1,"at":"2026-03-01T10:00:00Z","durationMs":60,"calls":[
           {"method":"GET","url":"https://host/find","status":200,"durationMs":7},
           {"method":"POST","url":"https://host/save","status":null,"durationMs":null}]}]}""";

    assertThat(history("events", "null", dead))
        .containsSubsequence(
            "attempt 1, 2026-03-01T10:00:00Z",
            "  GET https://host/find: 200, 7 ms",
            "  POST https://host/save: no response");
  }

  @Test
  void aHeldDeliveryShowsTheApproveCommand() {
    String held =
        """
        {"id":9,"eventId":"e-1","source":"crm","destination":"flip","state":"held","reason":"UNENROLLED is final"}""";

    assertThat(history("events", "null", held))
        .contains("UNENROLLED is final")
        .contains("./relay approve 9, or ./relay decline 9");
  }

  @Test
  void aMessageWithoutEventsShowsTheReason() {
    assertThat(history("dead", "\"lead.submitted: email: string expected\"", ""))
        .startsWith("asked: dead, no event: lead.submitted: email: string expected")
        .doesNotContain("lead.submitted of");
  }

  @Test
  void controlCharactersOfAVendorAreRemoved() {
    String dead =
        """
        {"id":9,"eventId":"e-1","source":"crm","destination":"crm","state":"dead","reason":"\\u001b]0;owned\\u0007 @|red x|@\\nnext"}""";

    assertThat(history("events", "null", dead))
        .contains("]0;owned  @|red x|@ next")
        .doesNotContain("\u001b");
  }

  @Test
  void statesHaveColoursOnATerminal() {
    assertThat(new ConsoleFormat(Ansi.ON).state("dead", 6))
        .isEqualTo("\u001b[31mdead  \u001b[39m\u001b[0m");
    assertThat(new ConsoleFormat(Ansi.OFF).state("dead", 6)).isEqualTo("dead  ");
  }

  @Test
  void aRejectedRouteFileIsShownWithItsProblems() {
    JsonNode overview =
        json(
            """
            {"files":[{"path":"fan-out.camel.yaml","state":"ok","changedAt":"2026-03-01T10:00:00Z"},
                      {"path":"deliver-crm.camel.yaml","state":"rejected","problems":[
                        {"file":"deliver-crm.camel.yaml","line":24,"column":3,
                         "problem":"there is no bean \\"crmMaper\\"","mend":"Did you mean \\"crmMapper\\"?"}]}],
             "routes":[{"id":"fan-out","file":"fan-out.camel.yaml","state":"started",
                        "exchanges":{"exchanges":120,"failures":2,"recentExchanges":10,"recentFailures":1,
                                     "lastFailure":"null pointer"}}]}""");
    StringWriter output = new StringWriter();
    new RoutesFormatter(new PrintWriter(output), new ConsoleFormat(Ansi.OFF)).print(overview);

    assertThat(output.toString())
        .containsPattern("fan-out +started +2026-03-01T10:00:00Z +120 +2 +1 of 10 +null pointer")
        .contains(
            "rejected deliver-crm.camel.yaml\n"
                + "  deliver-crm.camel.yaml:24: there is no bean \"crmMaper\". Did you mean \"crmMapper\"?")
        .contains("2 files, 1 rejected");
    assertThat(RoutesFormatter.rejected(overview)).isEqualTo(1);
  }

  @Test
  void aFileBeingCheckedIsShownWithoutEarlierProblems() {
    JsonNode overview =
        json(
            """
            {"files":[{"path":"fan-out.camel.yaml","state":"ok"},
                      {"path":"deliver-crm.camel.yaml","state":"checking","problems":[
                        {"file":"deliver-crm.camel.yaml","line":24,"column":3,
                         "problem":"there is no bean \\"crmMaper\\"","mend":"Did you mean \\"crmMapper\\"?"}]}],
             "routes":[]}""");
    StringWriter output = new StringWriter();
    new RoutesFormatter(new PrintWriter(output), new ConsoleFormat(Ansi.OFF)).print(overview);

    assertThat(output.toString())
        .contains("checking deliver-crm.camel.yaml\n")
        .contains("2 files, 0 rejected, 1 being checked: the previous versions stay in force")
        .doesNotContain("crmMaper");
    assertThat(RoutesFormatter.checking(overview)).isEqualTo(1);
  }

  private static String history(String state, String reason, String deliveries) {
    String json =
        "{\"id\":\"asked\",\"state\":\"%s\",\"reason\":%s,\"events\":[%s],\"deliveries\":[%s]}"
            .formatted(state, reason, deliveries.isEmpty() ? "" : EVENT, deliveries);
    StringWriter output = new StringWriter();
    new EventHistoryFormatter(new PrintWriter(output), new ConsoleFormat(Ansi.OFF))
        .print(new EventHistory(json(json)));
    return output.toString();
  }

  private static JsonNode json(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
