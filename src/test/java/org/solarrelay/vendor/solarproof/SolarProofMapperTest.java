package org.solarrelay.vendor.solarproof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.delivery.http.VendorBench.event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.delivery.PermanentFailureException;

class SolarProofMapperTest {

  private static final String COMPLETE =
      """
      {"firstName": "John", "lastName": "Doe", "email": "j@example.com", "mobile": "0412345678"}
      """;

  private final SolarProofMapper mapper = new SolarProofMapper();

  @Test
  void aNewCustomerIsResidentialByDefault() {
    assertThat(mapper.create(event("lead.submitted", COMPLETE)).type()).isEqualTo("RESIDENTIAL");
    assertThat(mapper.update(event("lead.changed", COMPLETE), "1").type()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"residential,RESIDENTIAL", "commercial,COMMERCIAL", "large-scale,LARGE-SCALE"})
  void kindsAreSolarProofsTypes(String kind, String type) {
    assertThat(
            mapper.update(event("lead.changed", "{\"kind\":\"%s\"}".formatted(kind)), "1").type())
        .isEqualTo(type);
  }

  @Test
  void aKindThatSolarProofDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> mapper.update(event("lead.changed", "{\"kind\":\"castle\"}"), "1"))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("large-scale");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{\"phone\":\"1\",\"mobile\":\"2\"} | 1 | 2",
        "{\"phone\":\"1\"}                  | 1 | -",
        "{\"mobile\":\"2\"}                 | 2 | -"
      })
  void thePhoneComesFirst(String data, String phone1, String phone2) {
    SolarProofCustomer customer = mapper.update(event("lead.changed", data), "1");

    assertThat(customer.phone1()).isEqualTo(phone1);
    assertThat(customer.phone2()).isEqualTo(phone2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{\"fullName\":\"Mary Ann Roe\"}                      | Mary Ann | Roe",
        "{\"fullName\":\"Cher\"}                              | Cher     | -",
        "{\"fullName\":\"Mary Ann Roe\",\"lastName\":\"Doe\"} | -        | Doe"
      })
  void aFullNameIsSplitWhereThereAreNoSeparateOnes(String data, String first, String surname) {
    SolarProofCustomer customer = mapper.update(event("lead.changed", data), "1");

    assertThat(customer.firstName()).isEqualTo(first);
    assertThat(customer.surname()).isEqualTo(surname);
  }

  @Test
  void aRejectedCreationNamesTheMissingFields() {
    assertThatThrownBy(
            () -> mapper.create(event("lead.submitted", "{\"firstName\":\"J\",\"email\":\" \"}")))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageEndingWith("requires lastName, email, phone or mobile");
  }

  @Test
  void aLeadWithoutAnEmailIsRefused() {
    assertThatThrownBy(() -> mapper.email(event("lead.changed", "{}")))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("email");
  }
}
