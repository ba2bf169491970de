package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventDataTest {

  @Test
  void numbersWrittenAsTextsAreRead() {
    Lead lead =
        lead("{'dealType':'5569','address':{'lat':'46.60165100'},'appointment':{'type':' 12 '}}");
    assertThat(lead.dealType()).isEqualTo(5569);
    assertThat(lead.address().lat()).isEqualTo(new BigDecimal("46.60165100"));
    assertThat(lead.appointment().type()).isEqualTo(12);
  }

  @Test
  void textsWrittenAsNumbersAreReadWithoutExponent() {
    Lead lead = lead("{'mobile':8015554444,'phone':8.015550100E9,'address':{'zip':84045.0}}");
    assertThat(lead.mobile()).isEqualTo("8015554444");
    assertThat(lead.phone()).isEqualTo("8015550100");
    assertThat(lead.address().zip()).isEqualTo("84045");
  }

  @ParameterizedTest
  @CsvSource({
    "true, true", "'\"true\"', true", "'\"Yes\"', true", "'\"on\"', true", "1, true",
    "false, false", "'\"0\"', false", "0, false", "'\"\"',", "null,"
  })
  void aFlagIsReadInTheSpellingsOfForms(String written, Boolean expected) {
    assertThat(lead("{'smsOptIn':" + written + "}").smsOptIn()).isEqualTo(expected);
  }

  @Test
  void aTimeKeepsTheOffsetItWasWrittenWith() {
    Lead lead = lead("{'appointment':{'startsAt':'2026-03-12T14:00:00-07:00'}}");
    assertThat(lead.appointment().startsAt())
        .isEqualTo(OffsetDateTime.parse("2026-03-12T14:00:00-07:00"))
        .hasToString("2026-03-12T14:00-07:00");
  }

  @Test
  void blankAndNullAreAbsentAndUnknownFieldsAreIgnored() {
    Lead lead =
        lead("{'email':' ','note':null,'company':{'name':''},'utm':{'a':[1]},'ids':{'a':null}}");
    assertThat(lead.email()).isNull();
    assertThat(lead.note()).isNull();
    assertThat(lead.company().name()).isNull();
    assertThat(EventData.write(lead).path("ids")).isEmpty();
  }

  @Test
  void anEmptyListOfGroupsIsNotNull() {
    assertThat(enrollment("{'status':'ACTIVE','groupIds':[]}").groupIds()).isEmpty();
    assertThat(enrollment("{'status':'ACTIVE','groupIds':null}").groupIds()).isNull();
    assertThat(enrollment("{'status':'ACTIVE'}").groupIds()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'dealType':'Ferris'} | dealType: a whole number expected",
        "{'dealType':1.5} | dealType: a whole number expected",
        "{'dealType':1e999999999} | dealType: a whole number expected",
        "{'dealType':true} | dealType: a whole number expected",
        "{'smsOptIn':'Ferris'} | smsOptIn: true or false expected",
        "{'appointment':{'startsAt':'2026-03-12 Ferris'}} | appointment.startsAt: a time with offset such as 2026-03-12T21:59:14Z expected",
        "{'appointment':{'startsAt':1773352754}} | appointment.startsAt: a time with offset such as 2026-03-12T21:59:14Z expected",
        "{'address':{'lat':'Ferris'}} | address.lat: a number expected",
        "{'address':'Ferris'} | address: an object expected",
        "{'email':{'Ferris':1}} | email: a text expected",
        "{'surveyFiles':[{},{'name':[]}]} | surveyFiles[1].name: a text expected",
        "{'surveyFiles':'Ferris'} | surveyFiles: a list expected",
        "{'ids':['Ferris']} | ids: an object expected"
      })
  void anInvalidFieldIsNamedWithoutItsValue(String data, String message) {
    assertThatThrownBy(() -> lead(data))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage(message);
  }

  @Test
  void dataThatCannotBeReadNamesNoClass() {
    assertThatThrownBy(() -> EventData.read(json("{'email':'Ferris'}"), Unreadable.class))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage("the data cannot be read");
  }

  @JsonDeserialize(using = Unreadable.Reader.class)
  private record Unreadable() {

    private static final class Reader extends JsonDeserializer<Unreadable> {
      @Override
      public Unreadable deserialize(JsonParser parser, DeserializationContext context)
          throws IOException {
        throw new JsonParseException(parser, "Ferris");
      }
    }
  }

  @Test
  void aRecordIsWrittenWithoutNullsAndReadBackUnchanged() {
    var appointment =
        new Lead.Appointment(12, null, OffsetDateTime.parse("2026-03-12T14:00:00-07:00"), 60, null);
    var address =
        Lead.Address.builder()
            .street("1 Example St")
            .city("Provo")
            .state("UT")
            .zip("84601")
            .lat(new BigDecimal("40.2330"))
            .build();
    var file = new Lead.SurveyFile("house.jpg", null, "aG91c2U=");
    Lead lead =
        Lead.builder()
            .firstName("Ada")
            .email("ada@example.com")
            .address(address)
            .dealType(101)
            .smsOptIn(true)
            .appointment(appointment)
            .surveyFiles(List.of(file))
            .ids(Map.of("enerflo", "5"))
            .build();

    JsonNode written = EventData.write(lead);

    assertThat(written.toString())
        .doesNotContain("null")
        .contains("\"startsAt\":\"2026-03-12T14:00:00-07:00\"")
        .contains("\"lat\":40.2330");
    assertThat(EventData.read(written, Lead.class)).isEqualTo(lead);
  }

  @Test
  void dataIsReadStraightFromTheEvent() {
    var data = EventData.write(EnrollmentChange.ofSubject("PAUSED", "on hold", null));
    var event =
        Event.builder()
            .id("1")
            .source("flip")
            .type("enrollment.changed")
            .subject("e")
            .time(OffsetDateTime.now())
            .data(data)
            .build();
    assertThat(EventData.read(event, EnrollmentChange.class).status()).isEqualTo("PAUSED");
  }

  private static Lead lead(String data) {
    return EventData.read(json(data), Lead.class);
  }

  private static EnrollmentChange enrollment(String data) {
    return EventData.read(json(data), EnrollmentChange.class);
  }

  private static JsonNode json(String data) {
    return EventJsonTest.withoutLimits(data.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
