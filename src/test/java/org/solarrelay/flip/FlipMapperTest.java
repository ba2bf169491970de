package org.solarrelay.flip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.delivery.VendorBench.event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.delivery.RefusedException;

class FlipMapperTest {

  private static final String A = "aaaaaaaa-0000-0000-0000-000000000001";
  private static final String B = "bbbbbbbb-0000-0000-0000-000000000002";

  private final FlipMapper mapper = new FlipMapper(true);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"flip.enrollment\":\"" + A + "\",\"flip\":\"" + B + "\" | " + A,
        "\"flip\":\"" + B + "\"                                   | " + B,
        "\"crm\":\"7\"                                            | " + A
      })
  void idsLeadToTheEnrollmentBeforeTheSubjectDoes(String ids, String enrollment) {
    String data = "{\"status\":\"PAUSED\",\"ids\":{%s}}".formatted(ids);

    assertThat(mapper.change(event("crm", "enrollment.changed", A, data)).enrollmentId())
        .isEqualTo(enrollment);
  }

  @Test
  void aStatusThatFlipDoesNotHaveIsRefusedWithThoseItHas() {
    assertThatThrownBy(
            () -> mapper.change(event("crm", "enrollment.changed", A, "{\"status\":\"APPROVED\"}")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("NEEDS_ACTION");
  }

  @Test
  void unenrollingIsAllowedWhereTheOperatorSaysSo() {
    String data = "{\"status\":\"UNENROLLED\"}";

    assertThat(mapper.change(event("crm", "enrollment.changed", A, data)).forbidden()).isFalse();
    assertThat(
            new FlipMapper(false).change(event("crm", "enrollment.changed", A, data)).forbidden())
        .isTrue();
  }
}
