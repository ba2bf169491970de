package org.solarrelay.vendor.enerflo.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.Webhooks.body;
import static org.solarrelay.Webhooks.json;
import static org.solarrelay.Webhooks.sample;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Project;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;

class EnerfloInstallTranslatorTest {

  private static final String DEAL = "00000000-0000-4000-9000-000000000901";

  private final EnerfloInstallTranslator translator =
      new EnerfloInstallTranslator(
          new EnerfloInstallStatuses(List.of("4=on-hold", " 1 = active ")));

  @Test
  void aNewInstallIsASubmittedProjectWithTheWholeInstall() {
    Event event = only(translator.submitted(sample("enerflo", "new_install")));
    Project project = EventData.read(event, Project.class);

    assertThat(event.type()).isEqualTo("project.submitted");
    assertThat(event.subject()).isEqualTo("901");
    assertThat(project.ids())
        .containsExactly(
            Map.entry("enerflo.install", "901"), Map.entry("enerflo.customer", "70901"));
    assertThat(project.customer())
        .isEqualTo(
            Project.Customer.builder()
                .id("70901")
                .firstName("Robin")
                .lastName("Sample")
                .fullName("Robin Sample")
                .email("robin.sample@example.com")
                .phone("(555) 010-0901")
                .build());
    assertThat(project.address().street()).isEqualTo("901 Sandbox Street");
    assertThat(project.address().city()).isEqualTo("Testville");
    assertThat(project.address().zip()).isEqualTo("88800");
    assertThat(project.install().path("agreement_id").asInt()).isEqualTo(22901);
    assertThat(project.install().has("webhook_event")).isFalse();
  }

  @Test
  void anUpdatedInstallIsAStatusChangeWithTheWholeInstall() {
    Event event = only(translator.statusChanged(sample("enerflo", "update_install")));
    Project project = EventData.read(event, Project.class);

    assertThat(event.type()).isEqualTo("project.status-changed");
    assertThat(event.subject()).isEqualTo("901");
    assertThat(project.status()).isEqualTo("on-hold");
    assertThat(project.ids()).containsEntry("enerflo.install", "901");
    assertThat(project.customer().email()).isEqualTo("robin.sample@example.com");
    assertThat(project.address().zip()).isEqualTo("88800");
    assertThat(project.install().path("epc_market").path("name").asText()).isEqualTo("California");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'status_id':4; on-hold",
        "'status_id':'4','status_name':''; on-hold",
        "'status_id':1; active",
        "'status_id':7; status-7",
        "'status_id':7,'status_name':'ON HOLD'; on-hold",
        "'status_id':4,'status_name':'Active'; active",
        "'status_name':'Void'; voided",
        "'status_name':'Voided'; voided",
        "'status_name':'Complete'; completed",
        "'status':'completed'; completed",
        "'status':{'id':4}; on-hold",
        "'status':{'id':9,'name':'Waiting for the utility'}; Waiting for the utility",
        "'status':4; on-hold",
        "'install':{'id':901,'status_id':4},'status':'complete'; on-hold"
      })
  void aStatusIsItsNameElseItsNumber(String fields, String word) {
    assertThat(status(fields)).isEqualTo(word);
  }

  @Test
  void aPartialInstallIsLeftOut() {
    Event event = only(translator.statusChanged(update("'status_id':4")));

    assertThat(event.data())
        .isEqualTo(json("{'status':'on-hold','ids':{'enerflo.install':'901'}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'customer_id':5", "'status_id':null,'status_name':''", "'status':[]"})
  void withoutAStatusAnUpdateIsIgnored(String fields) {
    assertThat(translator.statusChanged(update(fields)).ignored())
        .isEqualTo("install 901 has no status: an empty duplicate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "4=", "=on-hold", "x=on-hold"})
  void anInvalidTableEndsTheStart(String entry) {
    assertThatThrownBy(() -> new EnerfloInstallStatuses(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("relay.enerflo.install-statuses: '" + entry + "' must be like 4=on-hold");
  }

  @Test
  void theUpdateTimeIsPartOfTheContent() {
    String first = id("'status_id':4,'updated_at':'2026-03-20 14:00:00','office_id':12");

    assertThat(id("'office_id':12,'updated_at':'2026-03-20 14:00:00','status_id':4"))
        .isEqualTo(first);
    assertThat(id("'status_id':4,'updated_at':'2026-03-20 14:00:00'")).isNotEqualTo(first);
    assertThat(id("'status_id':4,'updated_at':'2026-03-20 14:00:01'")).isNotEqualTo(first);
    assertThat(id("'status_id':1,'updated_at':'2026-03-20 14:00:00'")).isNotEqualTo(first);
  }

  @Test
  void withoutATimeOfUpdateTheContentDecides() {
    String first = id("'status_id':4,'office_id':12");

    assertThat(id("'office_id':12,'status_id':4")).isEqualTo(first);
    assertThat(id("'status_id':4,'office_id':13")).isNotEqualTo(first);
  }

  @Test
  void newAndSubmittedAreOneEventWhileTheInstallIsTheSame() {
    String install =
        "{'webhook_event':'%s','id':901,'customer_id':5,'updated_at':'2026-03-14 18:31:0%d'}";
    String first = idOfSubmitted(install.formatted("new_install", 2));

    assertThat(idOfSubmitted(install.formatted("submit_install", 2))).isEqualTo(first);
    assertThat(idOfSubmitted(install.formatted("submit_install", 3))).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'webhook_event':'new_install','id':901}",
        "{'webhook_event':'new_install','id':901,'agent_id':3,'customer':{'name':''},'updated_at':'x'}"
      })
  void anEmptyDuplicateOfANewInstallIsIgnored(String json) {
    assertThat(translator.submitted(body("enerflo", json)).ignored())
        .isEqualTo("install 901 has no fields: an empty duplicate");
  }

  @Test
  void everyIdInAnInstallIsKept() {
    Project project =
        EventData.read(
            only(
                translator.statusChanged(
                    update(
                        "'status_id':4,'deal_id':'"
                            + DEAL
                            + "','customer':{'id':70901,'integrations':"
                            + "{'Partner':{'Lead':{'integration_record_id':'web:7'}}}}"))),
            Project.class);

    assertThat(project.ids())
        .containsExactly(
            Map.entry("enerflo.install", "901"),
            Map.entry("enerflo.deal", DEAL),
            Map.entry("enerflo.customer", "70901"),
            Map.entry("enerflo.integration-record-id", "web:7"));
  }

  @Test
  void aDealOfAnotherFormIsNoDealOf2() {
    Project project =
        EventData.read(
            only(translator.statusChanged(update("'status_id':4,'deal_id':77"))), Project.class);

    assertThat(project.ids()).containsOnlyKeys("enerflo.install");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'webhook_event':'update_install','status_id':4}", "{}", "[]", "null"})
  void withoutAnInstallThereIsNoEvent(String json) {
    assertThatThrownBy(() -> translator.statusChanged(body("enerflo", json)))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageStartingWith("Enerflo's webhook names no install: neither id nor install_id");
  }

  private String status(String fields) {
    return EventData.read(only(translator.statusChanged(update(fields))), Project.class).status();
  }

  private String id(String fields) {
    return only(translator.statusChanged(update(fields))).contentKey().toString();
  }

  private String idOfSubmitted(String json) {
    return only(translator.submitted(body("enerflo", json))).contentKey().toString();
  }

  private static Webhook update(String fields) {
    return body("enerflo", "{'webhook_event':'update_install','id':901," + fields + "}");
  }

  private static Event only(Translation translation) {
    return assertThat(translation.events()).singleElement().actual();
  }
}
