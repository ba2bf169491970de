package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassRuleTest {

  @Test
  void anExceptionThatDoesNotExistIsRefused() {
    assertThat(
            EditedFolder.with("poll-flip.camel.yaml", "java.lang.Exception", "java.lang.Excepton")
                .problems())
        .containsExactly(
            "poll-flip.camel.yaml:61: there is no class "
                + "java.lang.Excepton. Write its whole name with the package, "
                + "as in java.io.IOException");
  }

  @Test
  void aTypeThatDoesNotExistIsRefused() {
    assertThat(
            EditedFolder.with(
                    "translate-flip.camel.yaml",
                    "beanType: org.solarrelay.event.Translation",
                    "beanType: org.solarrelay.event.Translations")
                .problems())
        .containsExactly(
            "translate-flip.camel.yaml:31: there is no class "
                + "org.solarrelay.event.Translations. Write its whole name with the package, as "
                + "in java.io.IOException");
  }
}
