package org.solarrelay.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.solarrelay.event.EventType.APPOINTMENT_REQUESTED;
import static org.solarrelay.event.EventType.CHANGE_ORDER_SIGNED;
import static org.solarrelay.event.EventType.ENROLLMENT_CHANGED;
import static org.solarrelay.event.EventType.LEAD_CHANGED;
import static org.solarrelay.event.EventType.LEAD_STATUS_CHANGED;
import static org.solarrelay.event.EventType.LEAD_SUBMITTED;
import static org.solarrelay.event.EventType.PROJECT_MILESTONE_CHANGED;
import static org.solarrelay.event.EventType.PROJECT_NOTE_ADDED;
import static org.solarrelay.event.EventType.PROJECT_STATUS_CHANGED;
import static org.solarrelay.event.EventType.PROJECT_SUBMITTED;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventSchemasTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'email':'a@example.com'}",
        "{'fullName':'Ada Example'}",
        "{'phone':8015550100}",
        "{'address':{'city':'Provo'}}",
        "{'company':{'name':'Example Roofing Inc.'}}"
      })
  void oneNameOrContactIsEnoughForALead(String data) {
    accepts(LEAD_SUBMITTED, data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'note':'someone called'}",
        "{'email':null,'mobile':'','address':{}}",
        "{'id':'4711','ids':{'enerflo':'5'}}"
      })
  void aLeadWithoutNameAndContactIsRejected(String data) {
    assertThat(refusal(LEAD_SUBMITTED, data))
        .isEqualTo(
            "lead.submitted: data: a lead needs at least one of name, company, email, mobile,"
                + " phone or address");
  }

  @Test
  void aChangeOfALeadHasNoRequiredField() {
    accepts(LEAD_CHANGED, "{}");
  }

  @Test
  void nullAndBlankCountAsMissing() {
    accepts(
        LEAD_SUBMITTED,
        "{'email':'a@example.com','phone':null,'owner':'','kind':null,'dealType':'','smsOptIn':null,"
            + "'company':null,'address':{'zip':null,'lat':'','lng':null},'ids':null,"
            + "'appointment':{'type':null,'startsAt':'','minutes':null},'surveyFiles':null}");
  }

  @Test
  void unknownFieldsAreAccepted() {
    accepts(
        LEAD_SUBMITTED,
        "{'email':'a@example.com','utm':{'deep':[1,{}]},'address':{'planet':3},'company':{'x':[]}}");
  }

  @Test
  void numbersMayBeTextsAndTextsMayBeNumbers() {
    accepts(
        LEAD_SUBMITTED,
        "{'mobile':8.015554444E9,'phone':8015554444,'dealType':'5569','smsOptIn':'on','address':{'zip':84045,'unit':4,"
            + "'lat':'46.60165100','lng':-120},'appointment':{'type':'12','minutes':'60'}}");
  }

  @Test
  void everyOffendingFieldIsNamedWithWhatIsExpectedThere() {
    assertThat(
            refusal(
                LEAD_SUBMITTED,
                "{'email':7,'kind':'huge','address':{'lat':{}},'appointment':{'startsAt':'tomorrow'},"
                    + "'surveyFiles':[{'name':true}],'ids':{'enerflo':5},'dealType':'x'}"))
        .contains("email: string expected, integer found")
        .contains("kind: one of residential or commercial or large-scale expected")
        .contains("address.lat: number or string expected, object found")
        .contains("appointment.startsAt: a time with offset such as")
        .contains("surveyFiles[0].name: string expected, boolean found")
        .contains("ids.enerflo: string expected, integer found")
        .contains("dealType: a whole number expected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'email':'Ferris-secret'}",
        "{'email':'a@b','kind':'Ferris-secret'}",
        "{'email':'a@b','dealType':'Ferris-secret'}",
        "{'email':'a@b','appointment':{'startsAt':'Ferris-secret'}}",
        "{'email':'a@b','address':{'lat':'Ferris-secret'}}",
        "{'email':'a@b','smsOptIn':'Ferris-secret'}",
        "{'email':'a@b','company':'Ferris-secret'}"
      })
  void theOffendingValueIsNotRepeated(String data) {
    assertThat(refusal(LEAD_SUBMITTED, data)).doesNotContain("Ferris");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e-999999999", "99999999999", "-1", "1.5"})
  void aDealTypeOutOfRangeIsRejected(String number) {
    assertThat(refusal(LEAD_CHANGED, "{'dealType':" + number + "}")).contains("dealType: ");
  }

  @Test
  void onlyTheFirstTenErrorsAreListed() {
    String files = "{'name':1},".repeat(30);
    String data = "{'surveyFiles':[" + files.substring(0, files.length() - 1) + "]}";
    assertThat(refusal(LEAD_CHANGED, data)).endsWith("; and 20 more").contains("surveyFiles[9]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "LEAD_STATUS_CHANGED | {} | status: missing",
        "LEAD_STATUS_CHANGED | {'status':null} | status: string expected, null found",
        "LEAD_STATUS_CHANGED | {'status':' '} | status: must not be blank",
        "APPOINTMENT_REQUESTED | {} | appointment: missing",
        "APPOINTMENT_REQUESTED | {'appointment':{'startsAt':'2026-03-12T21:59Z'}} | appointment.type: missing",
        "APPOINTMENT_REQUESTED | {'appointment':{'type':''}} | appointment.type: must not be blank",
        "ENROLLMENT_CHANGED | {} | status: missing",
        "ENROLLMENT_CHANGED | {'status':'ACTIVE','groupIds':[null]} | groupIds[0]: string expected",
        "ENROLLMENT_CHANGED | {'status':'ACTIVE','groupIds':['']} | groupIds[0]: must not be blank",
        "PROJECT_STATUS_CHANGED | {'previous':'active'} | status: missing",
        "PROJECT_MILESTONE_CHANGED | {} | milestone: missing",
        "PROJECT_MILESTONE_CHANGED | {'milestone':{'name':''}} | milestone: id or name expected",
        "PROJECT_MILESTONE_CHANGED | {'milestone':{'id':7},'dueOn':'2026-02-31'} | dueOn: a date such as",
        "PROJECT_NOTE_ADDED | {'author':'a@example.com'} | note or noteId expected",
        "PROJECT_NOTE_ADDED | {'note':' ','noteId':null} | note or noteId expected",
        "CHANGE_ORDER_SIGNED | {} | changeOrderId: missing",
        "CHANGE_ORDER_SIGNED | {'changeOrderId':'1','panels':{'count':'many'}} | panels.count: a whole number"
      })
  void aMissingRequiredFieldIsNamed(EventType type, String data, String expected) {
    assertThat(refusal(type, data)).contains(expected);
  }

  @Test
  void theRequiredFieldsOfEveryTypeAreEnough() {
    accepts(LEAD_STATUS_CHANGED, "{'status':'Signed'}");
    accepts(APPOINTMENT_REQUESTED, "{'appointment':{'type':'12','startsAt':'2026-03-12T21:59Z'}}");
    accepts(APPOINTMENT_REQUESTED, "{'appointment':{'type':12}}");
    accepts(ENROLLMENT_CHANGED, "{'status':'PAUSED','groupIds':[]}");
    accepts(PROJECT_SUBMITTED, "{}");
    accepts(PROJECT_STATUS_CHANGED, "{'status':'Waiting for the utility'}");
    accepts(PROJECT_MILESTONE_CHANGED, "{'milestone':{'id':77}}");
    accepts(
        PROJECT_MILESTONE_CHANGED,
        "{'milestone':{'name':'PTO'},'startedOn':'2026-03-02','completedOn':'2026-03-18T16:20:00-06:00'}");
    accepts(PROJECT_NOTE_ADDED, "{'note':'Called'}");
    accepts(PROJECT_NOTE_ADDED, "{'noteId':7001}");
    accepts(CHANGE_ORDER_SIGNED, "{'changeOrderId':3301}");
  }

  @Test
  void dataThatIsNoObjectIsRejectedForEveryType() {
    for (EventType type : EventType.values()) {
      assertThat(refusal(type, "[]")).contains("data: object expected, array found");
    }
  }

  @Test
  void checksOfManyThreadsHaveTheSameResult() {
    var reasons = new ConcurrentLinkedQueue<String>();
    IntStream.range(0, 2000)
        .parallel()
        .forEach(i -> reasons.add(refusal(LEAD_CHANGED, "{'email':" + i + "}")));
    assertThat(reasons)
        .hasSize(2000)
        .containsOnly("lead.changed: email: string expected, integer found");
  }

  private static void accepts(EventType type, String data) {
    assertThatCode(() -> check(type, data)).doesNotThrowAnyException();
  }

  private static String refusal(EventType type, String data) {
    return catchThrowableOfType(InvalidMessageException.class, () -> check(type, data))
        .getMessage();
  }

  private static void check(EventType type, String data) {
    byte[] json = data.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    EventSchemas.check(type, EventJsonTest.withoutLimits(json));
  }
}
