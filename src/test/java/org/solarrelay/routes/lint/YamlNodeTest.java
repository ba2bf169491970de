package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlNodeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "a: one X two; 1:8",
        "a: 'it''s X'; 1:11",
        "a: \"tab\\t\\\"X\\\"\"; 1:12",
        "a: \"\\u00e9 X\"; 1:12",
        "a: |~  one~    X two; 3:5",
        "a: |~~  one~  X; 4:3",
        "a: >-~  one~  two X; 3:7",
        "a: >~  one~~  two~   X; 5:4",
        "a: one~  two X; 2:7",
        "a: 'one~  two X'; 2:7",
        "b: {a: {c: [one, two X]}}; 1:22"
      })
  void aCharacterOfAValueHasItsPlaceInTheFile(String yaml, String place) {
    YamlNode root = YamlNode.parse(yaml.replace('~', '\n')).orElseThrow();
    YamlNode scalar =
        root.allEntries().stream()
            .flatMap(it -> Stream.concat(Stream.of(it.value()), it.value().items().stream()))
            .filter(it -> it.isText() && it.text().contains("X"))
            .findFirst()
            .orElseThrow();

    YamlNode.Position at = scalar.positionAt(scalar.text().indexOf('X'));
    assertThat(at.line() + ":" + at.column()).isEqualTo(place);
    assertThat(scalar.positionOf("X")).isEqualTo(at);
  }
}
