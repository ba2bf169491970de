package org.solarrelay.solarproof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PersonNameTest {

  @Test
  void theLastWordOfAWholeNameIsTheLastName() {
    assertThat(PersonName.of(null, null, "Mary Ann Fielding"))
        .isEqualTo(new PersonName("Mary Ann", "Fielding"));
  }

  @Test
  void aSingleWordIsAFirstName() {
    assertThat(PersonName.of(null, null, "Mary")).isEqualTo(new PersonName("Mary", null));
  }

  @Test
  void separatePartsAreNotSecondGuessed() {
    assertThat(PersonName.of(null, "Fielding", "Mary Ann Fielding"))
        .isEqualTo(new PersonName(null, "Fielding"));
  }
}
