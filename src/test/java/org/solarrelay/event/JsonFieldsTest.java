package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.Webhooks.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{'a':null}", "{'a':' '}", "{'a':[]}", "{'a':{}}", "{'a':true}", "[1]"})
  void aValueThatIsNeitherTextNorNumberIsMissing(String json) {
    assertThat(new JsonFields(json(json)).text("a")).isNull();
  }

  @Test
  void theFirstFieldWithAValueWins() {
    JsonFields fields = new JsonFields(json("{'a':'','b':' x ','c':7}"));

    assertThat(fields.text("a", "b", "c")).isEqualTo("x");
    assertThat(fields.text("a", "c", "b")).isEqualTo("7");
  }

  @Test
  void aPlaceholderIsNoEmail() {
    JsonFields fields = new JsonFields(json("{'a':'n/a','b':'b@example.com'}"));

    assertThat(fields.email("a")).isNull();
    assertThat(fields.email("b")).isEqualTo("b@example.com");
  }

  @Test
  void noJsonAtAllHasNoFields() {
    assertThat(new JsonFields(null).in("a").text("b")).isNull();
  }
}
