package org.solarrelay.vendor.flip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.Webhooks.RECEIPT;
import static org.solarrelay.Webhooks.RECEIVED_AT;
import static org.solarrelay.Webhooks.body;
import static org.solarrelay.Webhooks.json;
import static org.solarrelay.Webhooks.sampleJson;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.Webhooks;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventId;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Translation;

class FlipTranslatorTest {

  private final FlipTranslator translator = new FlipTranslator();

  @Test
  void aChangedEnrollmentCarriesItsStatusAndGroupsOnly() {
    Event event =
        only(
            translator.enrollmentChanged(
                Webhooks.of(
                    "flip",
                    null,
                    Map.of("webhook-id", "msg_1"),
                    sampleJson("flip", "enrollment.updated"))));

    assertThat(event)
        .isEqualTo(
            Event.builder()
                .id(EventId.of("flip", "msg_1"))
                .source("flip")
                .type("enrollment.changed")
                .subject("3c1f8a70-52d1-4c6e-9a41-6f1f5a0b7444")
                .time(RECEIVED_AT)
                .receipt(RECEIPT)
                .derivedId(true)
                .data(event.data())
                .build());
    assertThat(event.data().toString())
        .isEqualTo(
            json("""
                    {'status':'PAUSED','statusReason':'Battery under repair',
                     'groupIds':['north-feeder'],
                     'ids':{'flip.enrollment':'3c1f8a70-52d1-4c6e-9a41-6f1f5a0b7444'}}
                    """)
                .toString());
  }

  @Test
  void anEnrollmentWithoutGroupsHasNoGroupIds() {
    assertThat(only(changed("'id':'e-1','status':'ACTIVE'")).data().has("groupIds")).isFalse();
  }

  @Test
  void withoutAWebhookIdTheContentDecides() {
    String first = only(changed("'id':'e-1','status':'ACTIVE'")).id();

    assertThat(only(changed("'status':'ACTIVE','id':'e-1'")).id()).isEqualTo(first);
    assertThat(only(changed("'status':'PAUSED','id':'e-1'")).id()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'status':'ACTIVE'", "'id':'e-1'", "'id':'e-1','status':' '"})
  void anEnrollmentWithoutAnIdOrAStatusIsInvalid(String fields) {
    assertThatThrownBy(() -> changed(fields)).isInstanceOf(InvalidMessageException.class);
  }

  private Translation changed(String fields) {
    return translator.enrollmentChanged(
        body("flip", "{'event_type':'enrollment.updated','event_object':{" + fields + "}}"));
  }

  private static Event only(Translation translation) {
    return assertThat(translation.events()).singleElement().actual();
  }
}
