package org.solarrelay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.delivery.http.VendorBench.event;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;

class JsonTemplateTest {

  private static final Event EVENT =
      event(
          "web",
          "lead.submitted",
          "4711",
          """
          {"name":"Ada \\"Countess\\" Example","size":7.25,"smsOptIn":false,"note":" ","gone":null,
           "address":{"city":"Utah"},"adders":[{"name":"EV"},{"name":"Battery"}],
           "ids":{"enerflo.install":"901"}}""");

  private final JsonTemplate template = new JsonTemplate();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$.data.name                   | \"Ada \\\"Countess\\\" Example\"",
        "$.data.size                   | 7.25",
        "$.data.smsOptIn               | false",
        "$.data.address                | {\"city\":\"Utah\"}",
        "$.data.adders[1].name         | \"Battery\"",
        "$.data.ids['enerflo.install'] | \"901\"",
        "$.subject                     | \"4711\"",
        "$.type                        | \"lead.submitted\"",
        "$.record                      | \"web:4711\"",
        "City: {$.data.address.city}$1 | \"City: Utah$1\"",
        "{$.data.size} of {$.subject}   | \"7.25 of 4711\"",
        "as it is, $.data.name         | \"as it is, $.data.name\""
      })
  void aPartOfTheEventComesWithItsOwnType(String written, String json) {
    assertThat(filled("{\"it\":\"" + written + "\"}")).isEqualTo("{\"it\":" + json + "}");
  }

  @ParameterizedTest
  @CsvSource({
    "$.data.phone",
    "$.data.note",
    "$.data.gone",
    "$.data.adders[2]",
    "$.data.name.x",
    "Call {$.data.phone}",
    "In {$.data.address}"
  })
  void whatTheEventHasNotIsLeftOutWithWhatHoldsNothingElse(String place) {
    assertThat(
            filled("{\"a\":1,\"b\":{\"c\":{\"d\":\"%s\"}},\"e\":[\"%s\"]}".formatted(place, place)))
        .isEqualTo("{\"a\":1}");
  }

  @Test
  void aTemplateOfWhichNothingIsLeftIsAnEmptyRequest() {
    assertThat(filled("{\"a\":\"$.data.phone\"}")).isEqualTo("{}");
  }

  @Test
  void fieldsAreAddedToWhatAMapperMadeAndCountMoreThanItsOwn() {
    byte[] request = bytes("{\"lead\":{\"full_name\":\"A\",\"zip\":\"84045\"},\"tags\":[1]}");
    String more =
        "{\"lead\":{\"full_name\":\"$.data.name\",\"city\":\"$.data.address.city\"},\"tags\":[2]}";

    assertThat(text(template.add(request, more, EVENT)))
        .isEqualTo(
            "{\"lead\":{\"full_name\":\"Ada \\\"Countess\\\" Example\",\"zip\":\"84045\",\"city\":\"Utah\"},"
                + "\"tags\":[2]}");
  }

  @Test
  void whatTheEventHasNotLeavesTheMappersFieldAlone() {
    byte[] request = bytes("{\"lead\":{\"mobile\":\"8015550100\"}}");

    assertThat(text(template.add(request, "{\"lead\":{\"mobile\":\"$.data.phone\"}}", EVENT)))
        .isEqualTo("{\"lead\":{\"mobile\":\"8015550100\"}}");
  }

  @Test
  void aTemplateThatIsNoJsonObjectIsRefusedWithoutAnyOfItsContent() {
    assertThatThrownBy(() -> template.fill("{\"a\":", EVENT))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageStartingWith("not JSON: line 1");
    assertThatThrownBy(() -> template.fill("[]", EVENT))
        .isInstanceOf(InvalidMessageException.class);
  }

  private String filled(String written) {
    return text(template.fill(written, EVENT));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
