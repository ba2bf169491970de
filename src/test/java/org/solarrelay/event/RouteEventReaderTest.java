package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that a route writes as JSON. */
class RouteEventReaderTest {

  private static final OffsetDateTime RECEIVED = OffsetDateTime.parse("2026-03-12T21:59:14Z");

  private static final EventDefaults PERMITS =
      EventDefaults.ofRecord("permits", Optional.of("P-1"), "solar.permits-3-7", RECEIVED);

  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .build();

  @Test
  void missingFieldsHaveDefaultsOfTheMessage() {
    Event event = ofWebhook("enerflo", "{type: 'lead.submitted', data: {email: 'a@example.com'}}");

    assertThat(event.type()).isEqualTo("lead.submitted");
    assertThat(event.source()).isEqualTo("enerflo");
    assertThat(event.subject()).isEqualTo("receipt-1");
    assertThat(event.time()).isEqualTo(RECEIVED);
    assertThat(event.receipt()).isEqualTo("receipt-1");
    assertThat(event.derivedId()).isTrue();
    assertThat(event.contentKey()).isNotNull();
  }

  @Test
  void fieldsOfTheJsonWin() {
    Event event =
        ofWebhook(
            "leads",
            "{type: 'lead.changed', source: 'erp', subject: 4712, id: 'e-1', "
                + "time: '2026-01-02T03:04:05+10:00', data: {email: 'a@example.com'}}");

    assertThat(event.source()).isEqualTo("erp");
    assertThat(event.subject()).isEqualTo("4712");
    assertThat(event.id()).isEqualTo("e-1");
    assertThat(event.time()).isEqualTo("2026-01-02T03:04:05+10:00");
    assertThat(event.receipt()).isEqualTo("receipt-1");
    assertThat(event.contentKey()).isNull();
  }

  @Test
  void aPostOfAFormHasTheSourceWeb() {
    assertThat(ofWebhook("leads", lead("a@example.com")).source()).isEqualTo("web");
  }

  @Test
  void theSubjectIsThatOfTheJsonElseTheKeyElseTheIdInTheData() {
    assertThat(one("{type: 'lead.changed', subject: 'S', data: {id: 9}}", PERMITS).subject())
        .isEqualTo("S");
    assertThat(one("{type: 'lead.changed', subject: null, data: {id: 9}}", PERMITS).subject())
        .isEqualTo("P-1");
    assertThat(ofWebhook("leads", "{type: 'lead.changed', data: {id: 9}}").subject())
        .isEqualTo("9");
  }

  @Test
  void theDataIsNormalised() {
    Event event =
        ofWebhook("leads", "{type: 'lead.changed', data: {email: ' A@Example.com', zip: null}}");

    assertThat(event.data().path("email").asText()).isEqualTo("A@Example.com");
  }

  /** A field that a message lacks is null in jq. */
  @Test
  void nullFieldsAndObjectsOfThemAreLeftOut() {
    Event event =
        ofWebhook(
            "leads",
            "{type: 'lead.changed', data: {email: 'a@example.com', phone: null, "
                + "address: {city: null, zip: null}, company: {name: 'Acme', phone: null}, tags: {}}}");

    assertThat(event.data().toString())
        .isEqualTo("{\"email\":\"a@example.com\",\"company\":{\"name\":\"Acme\"},\"tags\":{}}");
  }

  @Test
  void theJsonOfTheRouteIsNotChanged() {
    JsonNode json = json("{type: 'lead.changed', data: {email: ' a@example.com ', phone: null}}");
    String before = json.toString();

    RouteEventReader.read(json, PERMITS);

    assertThat(json).hasToString(before);
  }

  @Test
  void aListMakesAnEventOfEachItem() {
    Translation translation =
        read("[{type: 'lead.changed', data: {}}, {type: 'project.submitted', data: {}}]", PERMITS);

    assertThat(translation.ignored()).isNull();
    assertThat(translation.events())
        .extracting(Event::type)
        .containsExactly("lead.changed", "project.submitted");
  }

  /** jq hands several values back as a list in Java. */
  @Test
  void severalValuesAreAList() {
    JsonNode event = json("{type: 'lead.changed', data: {}}");

    assertThat(RouteEventReader.read(List.of(event, event), PERMITS).events()).hasSize(2);
  }

  @Test
  void theResultOfABeanStaysUnchanged() {
    Event event = one(lead("a@example.com"), PERMITS);
    Translation translation = Translation.of(event);

    assertThat(RouteEventReader.read(translation, PERMITS)).isSameAs(translation);
    assertThat(RouteEventReader.read(event, PERMITS).events()).containsExactly(event);
    assertThat(RouteEventReader.read(List.of(event), PERMITS).events()).containsExactly(event);
  }

  @Test
  void aMessageIsIgnoredForTheReasonInTheJson() {
    Translation translation = read("{ignored: ' a test '}", PERMITS);

    assertThat(translation.events()).isEmpty();
    assertThat(translation.ignored()).isEqualTo("a test");
  }

  @Test
  void theIdOfARecordsEventIsItsPosition() {
    assertThat(one(lead("a@example.com"), PERMITS).id()).isEqualTo("solar.permits-3-7");
    assertThat(one(lead("a@example.com"), PERMITS).derivedId()).isFalse();
  }

  /** A route that is edited and then replays a message must not give one event another's id. */
  @Test
  void theIdOfAnEventInAListDependsOnNoOther() {
    String first = "{type: 'lead.changed', subject: 'A', data: {}}";
    String second = "{type: 'lead.changed', subject: 'B', data: {}}";

    List<String> both = ids("[%s, %s]".formatted(first, second));

    assertThat(both).doesNotHaveDuplicates().allMatch(id -> id.startsWith("solar.permits-3-7#"));
    assertThat(ids("[%s]".formatted(second))).containsExactly(both.get(1));
  }

  @Test
  void eventsOfOneTypeAndRecordInAListHaveIdsOfTheirOwn() {
    String event = "{type: 'lead.changed', subject: 'A', data: {}}";

    assertThat(ids("[%s, %s]".formatted(event, event))).doesNotHaveDuplicates();
    assertThat(
            RouteEventReader.read(
                    json("[%s, %s]".formatted(event, event)),
                    EventDefaults.ofWebhook(webhook("enerflo", Map.of(), "receipt-1")))
                .events())
        .extracting(Event::id)
        .doesNotHaveDuplicates();
  }

  @Test
  void theSameWebhookHasTheSameIdAndAnotherWebhookAnother() {
    Webhook webhook = webhook("leads", Map.of(), "receipt-1");
    Webhook other = webhook("leads", Map.of(), "receipt-2");

    assertThat(id(webhook)).isEqualTo(id(webhook)).isNotEqualTo(id(other));
  }

  @ParameterizedTest
  @CsvSource({"idempotency-key", "webhook-id"})
  void webhooksWithTheSameExplicitIdMakeTheSameId(String header) {
    Map<String, String> headers = Map.of(header, "k-1");
    Event event =
        one(lead("a@example.com"), EventDefaults.ofWebhook(webhook("leads", headers, "receipt-1")));

    assertThat(event.id()).isEqualTo(id(webhook("leads", headers, "receipt-2")));
    assertThat(event.derivedId()).isTrue();
    assertThat(event.contentKey()).isNull();
  }

  /** As the Java translators: by what the webhook says of a record, and the time it says. */
  @Test
  void webhooksWithoutAnExplicitIdAreComparedByContent() {
    ContentKey key = ofWebhook("enerflo", lead("a@example.com")).contentKey();

    assertThat(ofWebhook("enerflo", lead("a@example.com")).contentKey()).isEqualTo(key);
    assertThat(ofWebhook("enerflo", lead("b@example.com")).contentKey().scope())
        .isEqualTo(key.scope());
    assertThat(ofWebhook("enerflo", lead("b@example.com")).contentKey().content())
        .isNotEqualTo(key.content());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {data: {}}                                   | type is missing
          {type: null, data: {}}                       | type is missing
          {type: 5, data: {}}                          | type: it is a number, a text expected
          {type: 'lead.submited', data: {}}            | unknown event type 'lead.submited'; known are lead.submitted
          {type: 'lead.changed'}                       | data is missing; an event is {type: "lead.submitted", data: {…}}
          {type: 'lead.changed', data: null}           | data is missing
          {type: 'lead.changed', data: []}             | data: it is a list, an object expected
          {type: 'lead.changed', data: 'x'}            | data: it is a text, an object expected
          {type: 'lead.changed', data: '{}'}           | looks like JSON, leave out tojson
          {type: 'lead.changed', dta: {}, data: {}}    | unknown key 'dta': an event has type, data, subject, source, id, time
          {type: 'lead.changed', email: 'x', data: {}} | its fields belong into data
          {type: 'lead.changed', data: {}, time: 'x'}  | time: a time with offset such as 2026-03-12T21:59:14Z expected
          {type: 'lead.changed', data: {}, time: 5}    | time: it is a number, a text expected
          {type: 'lead.changed', data: {}, source: 'a b'} | source: a URI reference expected
          {type: 'lead.changed', data: {}, source: {}} | source: it is an object, a text expected
          {type: 'lead.changed', data: {}, subject: []} | subject: it is a list, a text or a whole number expected
          {type: 'lead.changed', data: {}, id: 1.5}    | id: it is a number, a text or a whole number expected
          {type: 'lead.submitted', data: {x: 1}}         | lead.submitted: data: a lead needs at least one of name
          {type: 'lead.changed', data: {ids: {enerflo_id: "\\u0000"}}} | data: ids.enerflo_id: holds a character that cannot be stored
          {ignored: ''}                                | ignored: it is empty, a text that says why expected
          {ignored: null}                              | ignored: it is null, a text that says why expected
          {ignored: 'x', type: 'lead.changed'}         | ignored stands alone; leave it out of an event
          [{ignored: 'x'}]                             | event 1 of 1: ignored stands alone, not in a list
          []                                           | the list of events is empty; write {ignored: "why"}
          [{type: 'lead.changed', data: {}}, 5]        | event 2 of 2: it is a number; an event is {type: "lead.submitted", data: {…}}
          [[]]                                         | event 1 of 1: it is a list; an event is
          'x'                                          | it is a text; an event is
          '{}'                                         | leave out tojson
          null                                         | it is null; an event is
          true                                         | it is true or false; an event is
          """)
  void aRefusalSaysWhatToChange(String json, String reason) {
    assertThatThrownBy(() -> read(json, PERMITS))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining(reason.strip());
  }

  @Test
  void aBodyThatIsNotJsonIsNamed() {
    assertRefused(null, "the body is empty; end with an event {type, data}, a list of them, or");
    assertRefused("x", "the body is a text; end with an event");
    assertRefused(new byte[1], "the body is neither JSON nor an event; end with an event");
    assertRefused(
        webhook("leads", Map.of(), "receipt-1"), "the body is the webhook as it came; end with");
  }

  @Test
  void aMessageMakesALimitedNumberOfEvents() {
    JsonNode event = json("{type: 'lead.changed', data: {}}");
    ArrayNode most = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < RouteEventReader.MAX_EVENTS; i++) {
      most.add(event);
    }

    assertThat(RouteEventReader.read(most, PERMITS).events()).hasSize(1000);
    assertRefused(most.deepCopy().add(event), "1001 events of one message, at most 1000");
  }

  @Test
  void theEventsOfAMessageAreLimitedTogether() {
    JsonNode event =
        json("{type: 'lead.changed', data: {raw: '%s'}}".formatted("x".repeat(1024 * 1024)));
    ArrayNode most = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < 7; i++) {
      most.add(event);
    }

    assertThat(RouteEventReader.read(most, PERMITS).events()).hasSize(7);
    assertRefused(
        most.deepCopy().add(event),
        "event 8 of 8: data: all events of the message together are larger than 8 MiB");
  }

  @Test
  void dataThatIsNestedTooDeeplyIsRejected() {
    JsonNode deep = JsonNodeFactory.instance.textNode("x");
    for (int i = 0; i < 100_000; i++) {
      deep = JsonNodeFactory.instance.arrayNode().add(deep);
    }
    JsonNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "lead.changed")
            .set("data", JsonNodeFactory.instance.objectNode().set("deep", deep));

    assertRefused(event, "data: ");
  }

  /** The reason is logged and shown; the data of people is neither. */
  @Test
  void aRefusalHoldsNoValue() {
    Stream.of(
            "{type: 'Ada Brook', data: {}}",
            "{type: 'lead.changed', 'Ada Brook': 1, data: {}}",
            "{type: 'lead.changed', data: 'Ada Brook'}",
            "{type: 'lead.changed', time: 'Ada Brook', data: {}}",
            "{type: 'lead.submitted', data: {x: 'Ada Brook'}}",
            "'Ada Brook'")
        .forEach(
            json ->
                assertThatThrownBy(() -> read(json, PERMITS))
                    .isInstanceOf(InvalidMessageException.class)
                    .hasMessageNotContaining("Ada"));
  }

  private static void assertRefused(Object body, String reason) {
    assertThatThrownBy(() -> RouteEventReader.read(body, PERMITS))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining(reason);
  }

  private static String lead(String email) {
    return "{type: 'lead.submitted', data: {id: 'L-1', email: '%s'}}".formatted(email);
  }

  private static List<String> ids(String json) {
    return read(json, PERMITS).events().stream().map(Event::id).toList();
  }

  private static String id(Webhook webhook) {
    return one(lead("a@example.com"), EventDefaults.ofWebhook(webhook)).id();
  }

  private static Event ofWebhook(String source, String json) {
    return one(json, EventDefaults.ofWebhook(webhook(source, Map.of(), "receipt-1")));
  }

  private static Event one(String json, EventDefaults defaults) {
    List<Event> events = read(json, defaults).events();
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  private static Translation read(String json, EventDefaults defaults) {
    return RouteEventReader.read(json(json), defaults);
  }

  private static Webhook webhook(String source, Map<String, String> headers, String receipt) {
    return Webhook.builder()
        .source(source)
        .receipt(receipt)
        .receivedAt(RECEIVED)
        .headers(headers)
        .body(JsonNodeFactory.instance.objectNode())
        .build();
  }

  /** JSON with names without quotes, and texts in single ones. */
  private static JsonNode json(String text) {
    try {
      return LENIENT.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
