package org.solarrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldComparisonTest {

  private static final JsonNode MISSING = MissingNode.getInstance();

  @Test
  void aFieldStandsBesideThoseWithTheSameValueOrElseTheSameName() throws Exception {
    JsonNode came =
        json(
            """
            {"customer":{"full_name":"Ann Lee","mail":"ANN@b.example","tel":"(415) 555-0144","state":"California"},
             "utm":"spring"}
            """);
    JsonNode event =
        json(
            """
            {"fullName":"Ann Lee","email":"ann@b.example","phone":"+14155550144",
             "address":{"state":"CA"},"notes":["two","dogs"]}
            """);
    JsonNode sent =
        json(
            """
            {"name":"Ann Lee","email":"ann@b.example","phones":[{"number":"4155550144"}],"state":"CA","kind":"lead"}
            """);

    assertThat(lines(FieldComparison.of(came, event, sent)))
        .containsExactly(
            "customer.full_name | fullName | name: ",
            "customer.mail | email | email: changed in the event",
            "customer.tel | phone | phones[0].number: changed in the event, changed when sent",
            "customer.state | address.state | state: changed in the event",
            "- | notes[0] | -: added to the event, not sent",
            "- | notes[1] | -: added to the event, not sent",
            "utm | - | -: dropped",
            "- | - | kind: added");
  }

  @Test
  void anUnknownWebhookOrRequestMakesNoDifference() throws Exception {
    assertThat(lines(FieldComparison.of(MISSING, json("{\"a\":\"value\"}"), MISSING)))
        .containsExactly("- | a | -: ");
  }

  @Test
  void aFieldThatOnlyTheEventLacksIsNotDropped() throws Exception {
    assertThat(lines(FieldComparison.of(json("{\"a\":\"v\"}"), json("{}"), json("{\"a\":\"v\"}"))))
        .contains("a | - | a: not in the event");
  }

  private static List<String> lines(FieldComparison comparison) {
    return comparison.rows().stream()
        .map(
            row ->
                "%s | %s | %s: %s"
                    .formatted(
                        path(row.came()), path(row.event()), path(row.sent()), row.differences()))
        .toList();
  }

  private static String path(FieldComparison.Field field) {
    return field == null ? "-" : field.path();
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }
}
