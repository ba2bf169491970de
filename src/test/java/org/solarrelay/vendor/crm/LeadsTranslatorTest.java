package org.solarrelay.vendor.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.Webhooks.RECEIPT;
import static org.solarrelay.Webhooks.RECEIVED_AT;
import static org.solarrelay.Webhooks.json;
import static org.solarrelay.Webhooks.sampleJson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.Webhooks;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventId;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;

class LeadsTranslatorTest {

  private final LeadsTranslator translator = new LeadsTranslator();

  @Test
  void aPostIsALeadOfItsOwn() {
    JsonNode body = sampleJson("leads", "lead.submitted");

    Event event = only(translator.leadSubmitted(post(Map.of(), body)));

    assertThat(event)
        .isEqualTo(
            Event.builder()
                .id(RECEIPT)
                .source("web")
                .type("lead.submitted")
                .subject("7421")
                .time(RECEIVED_AT)
                .receipt(RECEIPT)
                .data(event.data())
                .build());
    assertThat(event.data()).as("unknown fields are carried").isEqualTo(body);
  }

  @Test
  void anIdempotencyKeyMakesPostsTheSameLead() {
    Webhook webhook = post(Map.of("idempotency-key", " k-1 "), json("{'email':'a@example.com'}"));

    Event event = only(translator.leadSubmitted(webhook));

    assertThat(event.id()).isEqualTo(EventId.of("web", "k-1"));
    assertThat(event.derivedId()).isTrue();
    assertThat(event.subject()).as("data has no id").isEqualTo(RECEIPT);
  }

  @Test
  void aBlankIdempotencyKeyIsNone() {
    Event event =
        only(
            translator.leadSubmitted(
                post(Map.of("idempotency-key", " "), json("{'email':'a@example.com'}"))));

    assertThat(event.id()).isEqualTo(RECEIPT);
    assertThat(event.derivedId()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "'Marisol'",
        "{}",
        "{'id':7}",
        "{'email':''}",
        "{'email':['a@']}",
        "{'address':[],'ids':{'crm':[7]}}"
      })
  void aBodyThatIsNotALeadIsInvalid(String json) {
    assertThatThrownBy(() -> translator.leadSubmitted(post(Map.of(), json(json))))
        .isInstanceOf(InvalidMessageException.class);
  }

  @Test
  void aWholeCloudEventKeepsItsOwnIdentity() {
    JsonNode body = sampleJson("leads", "lead.qualified");

    assertThat(only(translator.structuredCloudEvent(post(Map.of(), body))))
        .isEqualTo(
            Event.builder()
                .id("5f1c0a9e-71f7-4a4f-9f0b-4a3b1a3d5555")
                .source("crm")
                .type("lead.qualified")
                .subject("lead-88")
                .time(OffsetDateTime.parse("2025-06-02T09:30:00+10:00"))
                .receipt(RECEIPT)
                .data((ObjectNode) body.get("data"))
                .build());
  }

  @Test
  void aCloudEventWithoutASubjectHasTheIdInItsDataOrItsOwn() {
    assertThat(cloudEvent("'data':{'id':88,'email':'a@example.com'}").subject()).isEqualTo("88");
    assertThat(cloudEvent("'data':{'email':'a@example.com'}").subject()).isEqualTo("e-1");
  }

  @Test
  void aCloudEventWithoutATimeHappenedWhenItWasReceived() {
    assertThat(cloudEvent("'data':{'email':'a@example.com'}").time()).isEqualTo(RECEIVED_AT);
  }

  @Test
  void aCloudEventCannotClaimAReceiptOrADerivedId() {
    Event event = cloudEvent("'receipt':'r-9','derivedid':true,'data':{'email':'a@example.com'}");

    assertThat(event.receipt()).isEqualTo(RECEIPT);
    assertThat(event.derivedId()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'specversion':'1.0','id':'1','source':'crm','type':'lead.lost','data':{}}",
        "{'specversion':'0.3','id':'1','source':'crm','type':'lead.changed','data':{}}",
        "{'specversion':'1.0','source':'crm','type':'lead.changed','data':{}}",
        "{'specversion':'1.0','id':'1','type':'lead.changed','data':{}}",
        "{'specversion':'1.0','id':'1','source':'crm','type':'lead.changed','data':[]}",
        "{'specversion':'1.0','id':'1','source':'crm','type':'lead.changed'}",
        "{'specversion':'1.0','id':'1','source':'crm','type':'lead.changed','time':'soon','data':{}}",
        "{'id':'1','source':'crm','type':'lead.changed','data':{}}",
        "[{'specversion':'1.0'}]"
      })
  void aBrokenCloudEventIsInvalid(String json) {
    assertThatThrownBy(() -> translator.structuredCloudEvent(post(Map.of(), json(json))))
        .isInstanceOf(InvalidMessageException.class);
  }

  @Test
  void aCloudEventInHeadersIsReadPercentDecoded() {
    Map<String, String> headers =
        Map.of(
            "ce-id", "e-1",
            "ce-type", "lead.changed",
            "ce-source", "crm",
            "ce-subject", "Z%C3%BCrich+88",
            "ce-time", "2025-06-02T09:30:00Z");
    JsonNode body = json("{'email':'a@example.com'}");

    assertThat(only(translator.binaryCloudEvent(post(headers, body))))
        .isEqualTo(
            Event.builder()
                .id("e-1")
                .source("crm")
                .type("lead.changed")
                .subject("Zürich+88")
                .time(OffsetDateTime.parse("2025-06-02T09:30:00Z"))
                .receipt(RECEIPT)
                .data((ObjectNode) body)
                .build());
  }

  @Test
  void aPercentSignThatEncodesNothingStays() {
    Map<String, String> headers =
        Map.of("ce-id", "100%", "ce-type", "lead.changed", "ce-source", "crm");

    Translation translation =
        translator.binaryCloudEvent(post(headers, json("{'email':'a@example.com'}")));

    assertThat(only(translation).id()).isEqualTo("100%");
  }

  private Event cloudEvent(String fields) {
    String json =
        "{'specversion':'1.0','id':'e-1','source':'crm','type':'lead.changed'," + fields + "}";
    return only(translator.structuredCloudEvent(post(Map.of(), json(json))));
  }

  private static Webhook post(Map<String, String> headers, JsonNode body) {
    return Webhooks.of("leads", null, headers, body);
  }

  private static Event only(Translation translation) {
    return assertThat(translation.events()).singleElement().actual();
  }
}
