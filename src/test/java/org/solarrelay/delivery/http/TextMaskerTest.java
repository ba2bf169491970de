package org.solarrelay.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextMaskerTest {

  @Test
  void anAddressOrANumberAtTheCutIsNotHalfShown() {
    String said = "x".repeat(590) + " ada@example.com +61 4 1234 5678";
    assertThat(TextMasker.mask(said, 200)).doesNotContain("ada", "1234").endsWith("…");
    String many = "ada.lovelace.of.london@example.com ".repeat(40);
    assertThat(TextMasker.mask(many, 200)).doesNotContain("ada").startsWith("(e-mail) (e-mail)");
    assertThat(TextMasker.mask("call +61 4 1234 5678 or ada@example.com", 200))
        .isEqualTo("call (number) or (e-mail)");
  }
}
