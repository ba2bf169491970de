package org.solarrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvLineTest {

  @Test
  void everyValueIsQuoted() {
    assertThat(CsvLine.of(1, "a \"b\", c\n", null))
        .isEqualTo("\"1\",\"a \"\"b\"\", c\n\",\"\"\r\n");
  }

  @Test
  void noTextIsAFormula() {
    assertThat(CsvLine.of("=1+1", "@x", "+1", -5))
        .isEqualTo("\"'=1+1\",\"'@x\",\"'+1\",\"-5\"\r\n");
  }
}
