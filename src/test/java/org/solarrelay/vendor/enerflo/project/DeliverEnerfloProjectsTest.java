package org.solarrelay.vendor.enerflo.project;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.http.VendorBench.event;
import static org.solarrelay.delivery.http.VendorBench.fixture;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.NotReadyException;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.http.VendorBench;
import org.solarrelay.vendor.enerflo.EnerfloBeans;

class DeliverEnerfloProjectsTest {

  private static final String DEAL = "5d0c2f6e-0000-4000-8000-000000000901";
  private static final String FIND = "/api/v3/installs/find/" + DEAL;
  private static final String INSTALL = "/api/v3/installs/901";
  private static final String NOTES = INSTALL + "/notes";
  private static final String STATUSES = "/api/v3/install-statuses";
  private static final String IDS = "\"ids\":{\"enerflo.install\":\"901\"}";
  private static final String DONE = ",\"completedOn\":\"2026-03-18\"";

  private final EnerfloBeans.Budget budget = new EnerfloBeans.Budget();
  private VendorBench bench;

  @BeforeEach
  void start() {
    bench =
        VendorBench.start(
            "enerflo",
            EnerfloBeans.with(budget, Optional.empty(), OptionalInt.empty()),
            EnerfloBeans.PROPERTIES,
            "find-install-enerflo");
    bench.vendor().stubFor(put(anyUrl()).willReturn(okJson("{\"success\":true}")));
    bench.vendor().stubFor(post(anyUrl()).willReturn(okJson("{\"note_id\":12,\"id\":901}")));
    bench
        .vendor()
        .stubFor(get(urlEqualTo(INSTALL)).willReturn(okJson(fixture("enerflo/install.json"))));
    bench
        .vendor()
        .stubFor(get(urlEqualTo(FIND)).willReturn(okJson(fixture("enerflo/install.json"))));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'id':'77'}                                  | 77",
        "{'name':'Permission to Operate'}             | 77",
        "{'name':' permission TO operate '}           | 77",
        "{'id':'76','name':'Permission to Operate'}   | 77",
        "{'id':'76','name':'Called otherwise by now'} | 76"
      })
  void aMilestoneIsFoundByNameElseById(String milestone, String id) {
    Exchange exchange =
        deliver(
            "project.milestone-changed",
            "{%s,\"milestone\":%s,\"startedOn\":null%s}"
                .formatted(IDS, milestone.replace('\'', '"'), DONE));

    Outcome.Delivered outcome = exchange.getMessage().getBody(Outcome.Delivered.class);
    assertThat(outcome.vendorId()).isEqualTo("901");
    assertThat(outcome.writtenState().at("/milestone/id").asText()).isEqualTo(id);
    assertThat(outcome.writtenState().path("completedOn").asText()).isEqualTo("2026-03-18");
    bench
        .vendor()
        .verify(
            putRequestedFor(urlEqualTo(INSTALL + "/milestones/" + id))
                .withHeader("api-key", equalTo(EnerfloBeans.KEY))
                .withRequestBody(equalToJson("{\"completed_on\":\"2026-03-18\"}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "NaN",
        "-1",
        "0",
        "007",
        "1e3",
        "../customers",
        "901/notes",
        "９０１",
        "١٢",
        "1234567890123456789012345678901234567890",
        "901?x=1",
        "%2e%2e",
        "a b"
      })
  void anIdInAnotherFormatIsDeadWithoutACall(String id) {
    String install = "\"ids\":{\"enerflo.install\":\"%s\"}".formatted(id);
    String deal = "\"ids\":{\"enerflo.deal\":\"%s\"}".formatted(id);
    String isNumber = " is not an id of Enerflo: it must be a number, such as 901";

    assertRefused(
        "project.status-changed",
        install + ",\"status\":\"on-hold\"",
        "ids[\"enerflo.install\"]" + isNumber);
    assertRefused(
        "project.note-added", install + ",\"note\":\"x\"", "ids[\"enerflo.install\"]" + isNumber);
    assertRefused(
        "project.note-added",
        deal + ",\"note\":\"x\"",
        "ids[\"enerflo.deal\"] is not an id of Enerflo: it must be a UUID");
    assertRefused(
        "project.milestone-changed",
        install + ",\"milestone\":{\"id\":\"77\"}" + DONE,
        "ids[\"enerflo.install\"]" + isNumber);
    assertRefused(
        "project.milestone-changed",
        IDS + ",\"milestone\":{\"id\":\"%s\"}".formatted(id) + DONE,
        "milestone.id" + isNumber);
    bench.vendor().verify(0, putRequestedFor(anyUrl()));
    bench.vendor().verify(0, postRequestedFor(anyUrl()));
  }

  private void assertRefused(String type, String data, String reason) {
    assertThat(deliver(type, "{" + data + "}").getException())
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void timesAreCutToTheirDate() {
    deliver(
        "project.milestone-changed",
        "{%s,\"milestone\":{\"id\":\"77\"},\"startedOn\":\"2026-03-02\",\"dueOn\":\"2026-03-20\",\"completedOn\":\"2026-03-18T23:20:00-06:00\"}"
            .formatted(IDS));

    bench
        .vendor()
        .verify(
            putRequestedFor(urlEqualTo(INSTALL + "/milestones/77"))
                .withRequestBody(
                    equalToJson(
                        "{\"start_date\":\"2026-03-02\",\"due_date\":\"2026-03-20\",\"completed_on\":\"2026-03-18\"}")));
    assertThat(budget.spent()).isZero();
  }

  @Test
  void anUnknownMilestoneIsRejectedWithTheListOfMilestones() {
    Exchange exchange =
        deliver(
            "project.milestone-changed",
            "{%s,\"milestone\":{\"name\":\"Roof\"}%s}".formatted(IDS, DONE));

    assertThat(exchange.getException())
        .isInstanceOf(PermanentFailureException.class)
        .hasMessage(
            "Enerflo's install has no milestone \"Roof\"; it has: Permit Approved, Permission to"
                + " Operate");
    bench.vendor().verify(0, putRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{IDS,\"milestone\":{\"id\":\"77\"}}",
        "{IDS,\"milestone\":{\"id\":\"../77\"},\"dueOn\":\"2026-03-18\"}",
        "{IDS,\"milestone\":{\"id\":\"77\"},\"dueOn\":\"soon\"}"
      })
  void anInvalidMilestoneIsRejected(String data) {
    assertThat(deliver("project.milestone-changed", data.replace("IDS", IDS)).getException())
        .isInstanceOf(PermanentFailureException.class);
    bench.vendor().verify(0, putRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'results':[{'id':7,'name':'On-Hold'},{'id':2,'name':'Complete'}]} | on-hold   | 7",
        "[{'id':7,'title':'ON HOLD'}]                                       | on-hold   | 7",
        "{'data':[{'id':'3','name':'Void'}]}                                | voided    | 3",
        "{'data':[{'id':2,'name':'Completed'}]}                             | completed | 2",
        "[{'id':1,'name':'Active'}]                                         | active    | 1",
        "[{'id':9,'name':'Waiting for Utility'}]            | waiting for utility       | 9",
        "[]                                                                 | on-hold   | 4"
      })
  void aStatusIsFoundByName(String list, String status, int id) {
    statuses(okJson(list.replace('\'', '"')));

    Exchange exchange = changeStatus(status);

    assertThat(exchange.getMessage().getBody(Outcome.Delivered.class).vendorId()).isEqualTo("901");
    bench
        .vendor()
        .verify(
            putRequestedFor(urlEqualTo(INSTALL))
                .withRequestBody(equalToJson("{\"status_id\":%d}".formatted(id))));
  }

  @Test
  void theOneDocumentedStatusNeedsNoList() {
    statuses(aResponse().withStatus(404));

    assertThat(changeStatus("on-hold").getException()).isNull();
    bench
        .vendor()
        .verify(
            putRequestedFor(urlEqualTo(INSTALL)).withRequestBody(equalToJson("{\"status_id\":4}")));
  }

  @Test
  void anUnknownStatusIsRejectedWithTheListOfStatuses() {
    statuses(okJson("[{\"id\":1,\"name\":\"Active\"},{\"id\":4,\"name\":\"On Hold\"}]"));

    assertThat(changeStatus("exploded").getException())
        .isInstanceOf(PermanentFailureException.class)
        .hasMessage("Enerflo has no install status \"exploded\"; it has: Active, On Hold");
  }

  @Test
  void theListOfStatusesIsCachedAndRequestedAgainForAnUnknownName() {
    statuses(okJson("[{\"id\":1,\"name\":\"Active\"}]"));
    changeStatus("active");
    changeStatus("active");
    bench.vendor().verify(1, getRequestedFor(urlEqualTo(STATUSES)));

    statuses(okJson("[{\"id\":1,\"name\":\"Active\"},{\"id\":8,\"name\":\"New\"}]"));
    assertThat(changeStatus("new").getException()).isNull();
    bench.vendor().verify(2, getRequestedFor(urlEqualTo(STATUSES)));
    assertThat(budget.spent()).isEqualTo(2);
  }

  @Test
  void aNoteIsSentUnchanged() {
    Exchange exchange =
        deliver(
            "project.note-added",
            "{%s,\"note\":\"Roof done\",\"author\":\"pm@example.com\"}".formatted(IDS));

    Outcome.Delivered outcome = exchange.getMessage().getBody(Outcome.Delivered.class);
    assertThat(outcome.vendorId()).isEqualTo("12");
    assertThat(outcome.writtenState().path("note").asText()).isEqualTo("Roof done");
    bench
        .vendor()
        .verify(
            postRequestedFor(urlEqualTo(NOTES))
                .withRequestBody(equalToJson("{\"note\":\"Roof done\"}")));
  }

  @Test
  void aNoteWithoutAuthorIsSentUnchanged() {
    deliver("project.note-added", "{%s,\"note\":\"Roof done\"}".formatted(IDS));

    bench
        .vendor()
        .verify(
            postRequestedFor(urlEqualTo(NOTES))
                .withRequestBody(equalToJson("{\"note\":\"Roof done\"}")));
  }

  @Test
  void theInstallIsFoundByItsDealAndStored() {
    Exchange exchange =
        deliver(
            "project.note-added",
            "{\"ids\":{\"enerflo.deal\":\"%s\"},\"note\":\"x\"}".formatted(DEAL));

    assertThat(exchange.getMessage().getBody(Outcome.Delivered.class).learnedIds())
        .anySatisfy(
            id -> {
              assertThat(id.name()).isEqualTo("enerflo.install");
              assertThat(id.id()).isEqualTo("901");
            });
    bench.vendor().verify(postRequestedFor(urlEqualTo(NOTES)));
    assertThat(budget.spent()).isEqualTo(1);
  }

  @Test
  void aDealWithoutAnInstallIsRetried() {
    bench.vendor().stubFor(get(urlEqualTo(FIND)).willReturn(aResponse().withStatus(404)));

    assertThat(
            deliver(
                    "project.note-added",
                    "{\"ids\":{\"enerflo.deal\":\"%s\"},\"note\":\"x\"}".formatted(DEAL))
                .getException())
        .isInstanceOf(NotReadyException.class)
        .hasMessage("The install of deal " + DEAL + " does not exist in Enerflo yet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"project.note-added", "project.status-changed", "project.milestone-changed"})
  void aProjectWithoutALinkedInstallIsRetried(String type) {
    Exchange exchange =
        deliver(type, "{\"note\":\"x\",\"status\":\"active\",\"milestone\":{\"name\":\"x\"}}");

    assertThat(exchange.getException())
        .isInstanceOf(NotReadyException.class)
        .hasMessage("No Enerflo install is linked to project 4711");
    bench.vendor().verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void aFailureInA200IsPermanentWithEnerflosMessage() {
    bench
        .vendor()
        .stubFor(
            any(anyUrl()).willReturn(okJson("{\"success\":false,\"message\":\"Invalid note\"}")));

    assertThat(deliver("project.note-added", "{%s,\"note\":\"x\"}".formatted(IDS)).getException())
        .isInstanceOf(PermanentFailureException.class)
        .hasMessage("Enerflo rejected the note: Invalid note");
  }

  @Test
  void aRejectedKeyIsRecognised() {
    bench.vendor().stubFor(any(anyUrl()).willReturn(aResponse().withBody("Access not Permitted")));

    assertThat(changeStatus("on-hold").getException())
        .isInstanceOf(CredentialsRejectedException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 422, 429, 503})
  void aFailureStatusIsReported(int status) {
    bench.vendor().stubFor(post(anyUrl()).willReturn(aResponse().withStatus(status)));

    assertThat(deliver("project.note-added", "{%s,\"note\":\"x\"}".formatted(IDS)).getException())
        .isInstanceOfSatisfying(
            HttpOperationFailedException.class,
            failure -> assertThat(failure.getStatusCode()).isEqualTo(status));
  }

  @ParameterizedTest
  @ValueSource(strings = {"project.submitted", "change-order.signed"})
  void enerfloDoesNotReceiveOtherTypes(String type) {
    assertThat(deliver(type, "{%s}".formatted(IDS)).getMessage().getBody())
        .isEqualTo(Outcome.skipped("Enerflo does not receive " + type));
  }

  private Exchange changeStatus(String status) {
    return deliver("project.status-changed", "{%s,\"status\":\"%s\"}".formatted(IDS, status));
  }

  private Exchange deliver(String type, String data) {
    return bench.deliver(event(type, data), Map.of("Authorization", "Bearer inbound"));
  }

  private void statuses(ResponseDefinitionBuilder response) {
    bench.vendor().stubFor(get(urlEqualTo(STATUSES)).willReturn(response));
  }
}
