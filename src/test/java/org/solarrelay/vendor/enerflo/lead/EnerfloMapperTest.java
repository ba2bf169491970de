package org.solarrelay.vendor.enerflo.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.delivery.http.VendorBench.event;
import static org.solarrelay.delivery.http.VendorBench.fixture;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.delivery.PermanentFailureException;

class EnerfloMapperTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EnerfloMapper mapper =
      new EnerfloMapper(
          new EnerfloSettings(
              List.of("crm", "legacy"),
              "US",
              Optional.of("relay@example.com"),
              OptionalInt.of(101)));

  @Test
  void theVendorsExampleBecomesTheVendorsJson() throws IOException {
    EnerfloLeadRequest request =
        mapper.addLead(
            event("crm", "lead.submitted", "yj3Shbi2", fixture("enerflo/lead-event.json")));

    assertThat(JSON.readTree(JSON.writeValueAsBytes(request)))
        .isEqualTo(JSON.readTree(fixture("enerflo/lead-add-request.json")));
  }

  @ParameterizedTest
  @CsvSource({"crm,4711", "legacy,4711", "web,web:4711", "solarproof,solarproof:4711"})
  void recordIdsOfOtherSourcesCannotCollide(String source, String recordId) {
    assertThat(mapper.addLead(event(source, "lead.submitted", "4711", "{}")).lead().recordId())
        .isEqualTo(recordId);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "+1 (801) 555-4444    | -         | 8015554444",
        "801.555.4444         | -         | 8015554444",
        "+61 412 345 678      | -         | 0412345678",
        "0412 345 678         | AU        | 0412345678",
        "+61412345678         | Australia | 0412345678",
        "(801) 555-4444 x12   | -         | 8015554444",
        "801-555-4444         | Atlantis  | 8015554444",
        "no. 1                | -         | 1",
        "call me              | -         | -"
      })
  void mobilesAreNationalDigits(String mobile, String country, String digits) {
    String address = country == null ? "{}" : "{\"country\":\"%s\"}".formatted(country);

    assertThat(lead("{\"mobile\":\"%s\",\"address\":%s}".formatted(mobile, address)).mobile())
        .isEqualTo(digits);
  }

  @Test
  void thePhoneStandsInForAMissingMobile() {
    assertThat(lead("{\"phone\":\"801-555-4444\"}").mobile()).isEqualTo("8015554444");
    assertThat(lead("{\"mobile\":\"801-555-1111\",\"phone\":\"801-555-4444\"}").mobile())
        .isEqualTo("8015551111");
  }

  @ParameterizedTest
  @CsvSource({"84045-1234,84045", "840451234,84045", "02134,02134", "2000,2000"})
  void zipsAreCutToFiveDigits(String zip, String sent) {
    assertThat(lead("{\"address\":{\"zip\":\"%s\"}}".formatted(zip)).zip()).isEqualTo(sent);
  }

  @Test
  void theUnitFollowsTheStreet() {
    assertThat(lead("{\"address\":{\"street\":\"1 Main St\",\"unit\":\"Apt 5\"}}").address())
        .isEqualTo("1 Main St Apt 5");
  }

  @Test
  void aFullAddressStandsForItsParts() {
    EnerfloLeadRequest.Lead lead =
        lead("{\"address\":{\"full\":\"1 Main St, Provo, UT 84601\",\"city\":\"Provo\"}}");

    assertThat(lead.fullAddress()).isEqualTo("1 Main St, Provo, UT 84601");
    assertThat(lead.city()).isNull();
    assertThat(lead.ignoreValidation()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"address\":{}}", "{\"address\":{\"street\":\" \",\"lat\":1}}"})
  void aLeadWithoutAnyAddressAsksEnerfloNotToValidate(String data) {
    assertThat(lead(data).ignoreValidation()).isEqualTo(1);
  }

  @Test
  void aLeadThatAsksForItIsNotValidated() {
    assertThat(lead("{\"address\":{\"zip\":\"84045\"},\"skipValidation\":true}").ignoreValidation())
        .isEqualTo(1);
    assertThat(lead("{\"address\":{\"zip\":\"84045\"}}").ignoreValidation()).isNull();
  }

  @Test
  void theConfiguredCreatorStandsInForAMissingOne() {
    assertThat(lead("{}").creator()).isEqualTo("relay@example.com");
    assertThat(lead("{\"creator\":\"a@example.com\"}").creator()).isEqualTo("a@example.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "lead.submitted        | {\"dealType\":7}                       | 7",
        "lead.submitted        | {}                                     | -",
        "lead.qualified        | {\"dealType\":\"7\"}                   | 7",
        "lead.qualified        | {}                                     | 101",
        "lead.status-changed   | {\"status\":\"Signed\"}                | -",
        "lead.status-changed   | {\"status\":\"Called\",\"dealType\":7} | -"
      })
  void aDealIsCreatedOnlyWhereItIsDue(String type, String data, Integer deal) {
    assertThat(mapper.addLead(event(type, data)).lead().createDeal()).isEqualTo(deal);
  }

  @Test
  void aQualifiedLeadWithoutADealTypeIsRefusedWhereNoneIsConfigured() {
    EnerfloMapper bare =
        new EnerfloMapper(
            new EnerfloSettings(List.of(), "US", Optional.empty(), OptionalInt.empty()));

    assertThatThrownBy(() -> bare.addLead(event("lead.qualified", "{}")))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("dealType");
  }

  @Test
  void anAppointmentIsInEpochSecondsAndHasAName() {
    String data =
        """
        {"appointment": {"type": 12, "startsAt": "2026-03-12T08:30:00-07:00",
          "assignee": "rep@example.com"}}
        """;

    assertThat(mapper.addLead(event("appointment.requested", data)).appointment())
        .isEqualTo(
            new EnerfloLeadRequest.Appointment(
                12, "1773329400", "U", "rep@example.com", "Appointment", null));
    assertThat(mapper.addLead(event("lead.status-changed", data)).appointment()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"appointment\":{\"type\":12}}",
        "{\"appointment\":{\"startsAt\":\"2026-03-12T08:30:00Z\"}}"
      })
  void anAppointmentThatCannotBeMadeIsRefused(String data) {
    assertThatThrownBy(() -> mapper.addLead(event("appointment.requested", data)))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("ppointment");
  }

  @Test
  void aSurveyFileWithoutItsTypeIsRefused() {
    String data = "{\"surveyFiles\":[{\"name\":\"a.jpg\",\"data\":\"aGk=\"}]}";

    assertThatThrownBy(() -> mapper.addLead(event("lead.submitted", data)))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("surveyFiles");
  }

  private EnerfloLeadRequest.Lead lead(String data) {
    return mapper.addLead(event("lead.submitted", data)).lead();
  }
}
