package org.solarrelay.event.normal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "Mary Ann Fielding       | Mary Ann    | Fielding",
        "Mary                    | Mary        | -",
        "JON SAMPLE              | JON         | SAMPLE",
        "Jon Sample Jr.          | Jon         | Sample Jr.",
        "JON SAMPLE JR           | JON         | SAMPLE JR",
        "Jon Sample, Jr.         | Jon         | Sample Jr.",
        "Jon Sample III          | Jon         | Sample III",
        "Jon Sample Sr           | Jon         | Sample Sr",
        "Jon Sample 3rd          | Jon         | Sample 3rd",
        "Jon Sample PhD          | Jon         | Sample",
        "Jon Sample, Ph.D.       | Jon         | Sample",
        "Jon Sample M.D.         | Jon         | Sample",
        "Md Rahman               | Md          | Rahman",
        "Mr. Jon Sample          | Jon         | Sample",
        "DR JON SAMPLE           | JON         | SAMPLE",
        "Mr. and Mrs. Jon Sample | Jon         | Sample",
        "Mr. & Mrs. Jon Sample   | Jon         | Sample",
        "Sample, Jon             | Jon         | Sample",
        "Sample,Jon              | Jon         | Sample",
        "SAMPLE, JON Q.          | JON Q.      | SAMPLE",
        "Sample, Jon, Jr.        | Jon         | Sample Jr.",
        "Sample, Jon Jr.         | Jon         | Sample Jr.",
        "Sample, Dr. Jon         | Jon         | Sample",
        "Garcia Lopez, Maria     | Maria       | Garcia Lopez",
        "de la Cruz, Ana Maria   | Ana Maria   | de la Cruz",
        "O'Brien, Pat            | Pat         | O'Brien",
        "Ana de la Cruz          | Ana         | de la Cruz",
        "Ludwig van Beethoven    | Ludwig      | van Beethoven",
        "Jon Sample, owner       | Jon         | Sample",
        "Acme Solar, LLC         | Acme Solar  | LLC",
        "\u674e \u5c0f\u9f8d     | \u674e      | \u5c0f\u9f8d",
        "Ada Marlow \u2600\ufe0f | Ada         | Marlow"
      })
  void aWholeNameHasTwoParts(String name, String first, String last) {
    assertThat(NameParser.parse(name)).isEqualTo(new PersonName(first, last));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada\u00a0Marlow",
        "Ada\tMarlow",
        "Ada\u3000Marlow",
        "Ada\u2009Marlow",
        "Ada\u200bMarlow",
        "\u200bAda  Marlow\u200b",
        "Ada\r\nMarlow",
        " Ada\u202f Marlow\u00a0"
      })
  void anySpaceSeparatesThem(String name) {
    assertThat(NameParser.parse(name)).isEqualTo(new PersonName("Ada", "Marlow"));
    assertThat(NameParser.normalize(name)).contains("Ada Marlow");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sample, Jon                  | Jon Sample",
        "Jon Sample, Jr.              | Jon Sample Jr.",
        "Dr. Jon Sample PhD           | Dr. Jon Sample PhD",
        "Acme Solar, LLC              | Acme Solar, LLC",
        "Jon Sample, Mary Sample      | Jon Sample, Mary Sample",
        "Jon & Mary Sample            | Jon & Mary Sample",
        "Jon Sample, owner            | Jon Sample, owner",
        "A\u2764\ufe0f\u200d\ud83d\udd25 B | A\u2764\ufe0f\u200d\ud83d\udd25 B"
      })
  void theWholeNameIsGivenNameFirst(String name, String normal) {
    assertThat(NameParser.normalize(name)).contains(normal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", ".", "\u00a0", "?!", ","})
  void aTextWithoutLettersIsNoName(String text) {
    assertThat(NameParser.normalize(text)).isEmpty();
  }

  @Test
  void spellingsOfANameHaveTheSameWords() {
    assertThat(NameParser.keyWords("Sample, Jon"))
        .isEqualTo(NameParser.keyWords("Mr. JON SAMPLE Jr."))
        .isEqualTo(NameParser.keyWords("Jon Sample"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a ", ",", "a,b ", "Mr. ", "Jr. "})
  void aMebibyteIsReadAtOnce(String part) {
    String text = part.repeat((1 << 20) / part.length());

    Assertions.assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          NameParser.normalize(text);
          NameParser.parse(text);
          NameParser.keyWords(text);
        });
  }
}
