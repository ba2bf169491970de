package org.solarrelay.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexKeyTest {

  @Test
  void aShortTextStaysAsItIs() {
    assertThat(IndexKey.of("12 n main st|84601")).isEqualTo("12 n main st|84601");
    assertThat(IndexKey.of("é".repeat(320))).isEqualTo("é".repeat(320));
    assertThat(IndexKey.of("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "日", "😀", "x😀"})
  void aLongTextFitsAnIndexAndStaysDifferentFromOthers(String part) {
    String text = part.repeat(9_000);
    String key = IndexKey.of(text);

    assertThat(key.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(640);
    assertThat(key).isEqualTo(IndexKey.of(part.repeat(9_000)));
    assertThat(key).isNotEqualTo(IndexKey.of(text + "!"));
    assertThat(key.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }
}
