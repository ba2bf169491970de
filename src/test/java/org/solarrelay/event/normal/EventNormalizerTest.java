package org.solarrelay.event.normal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.Webhooks;
import org.solarrelay.event.EventJson;

class EventNormalizerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'email':'ada@'                  | e-mail `ada@` is no address, left out",
        "'email':'n/a'                   | e-mail `n/a` is no address, left out",
        "'owner':'Bob'                   | owner `Bob` is no e-mail address, left out",
        "'mobile':'000-000-0000'         | mobile `000-000-0000` is a placeholder, left out",
        "'phone':'call me'               | phone `call me` is no phone number, left out",
        "'kind':'castle'                 | kind `castle` is no kind of lead, left out",
        "'smsOptIn':'maybe'              | smsOptIn `maybe` is neither true nor false, left out",
        "'fullName':'-'                  | full name `-` is no name, left out",
        "'company':{'phone':'none'}      | phone `none` is no phone number, left out",
        "'address':{'zip':'00000'}       | postal code `00000` is no postal code, left out",
        "'address':{'lat':'north'}       | lat `north` is no number of degrees, left out",
        "'appointment':{'assignee':'Jo'} | assignee `Jo` is no e-mail address, left out"
      })
  void anInvalidValueIsLeftOutAndNoted(String field, String note) {
    Normalization normal = lead("{'city':'kept',%s}".formatted(field));

    assertThat(normal.notes()).containsExactly(note);
    assertThat(normal.data().path("city").asText()).isEqualTo("kept");
    assertThat(normal.data().toString()).doesNotContain(field.replaceAll(".*:'|'.*", "") + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'mobile':'801-555-0144 / 801-555-0155' | mobile `801-555-0144 / 801-555-0155` holds several numbers, the first is used",
        "'email':'a@example.com, b@example.com' | e-mail `a@example.com, b@example.com` holds several addresses, the first is used"
      })
  void aChoiceIsNoted(String field, String note) {
    assertThat(lead("{%s}".formatted(field)).notes()).containsExactly(note);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'firstName':' Ada ','lastName':'\u00a0Marlow\u200b'} | {'firstName':'Ada','lastName':'Marlow'}",
        "{'fullName':'Sample, Jon'}     | {'fullName':'Jon Sample','firstName':'Jon','lastName':'Sample'}",
        "{'kind':'COMMERCIAL'}          | {'kind':'commercial'}",
        "{'kind':'large scale'}         | {'kind':'large-scale'}",
        "{'kind':'Large_Scale '}        | {'kind':'large-scale'}",
        "{'kind':'Residential'}         | {'kind':'residential'}",
        "{'smsOptIn':'Y'}               | {'smsOptIn':true}",
        "{'smsOptIn':'off'}             | {'smsOptIn':false}",
        "{'mobile':8.015550144E9}       | {'mobile':'8015550144'}",
        "{'dealType':'5569.0'}          | {'dealType':'5569'}",
        "{'id':4712.0}                  | {'id':'4712'}",
        "{'ids':{'a.b':4.712E3,'c':7}}  | {'ids':{'a.b':'4712','c':'7'}}",
        "{'address':{'state':'Utah','zip':84601.0}}                | {'address':{'state':'UT','zip':'84601'}}",
        "{'address':{'state':'mass','zip':2134}}                   | {'address':{'state':'MA','zip':'02134'}}",
        "{'address':{'zip':'MA 02134'}}                            | {'address':{'zip':'02134','state':'MA'}}",
        "{'address':{'state':'UT 84601'}}                          | {'address':{'state':'UT','zip':'84601'}}",
        "{'address':{'country':'U.S.','zip':2134}}                 | {'address':{'country':'US','zip':'02134'}}",
        "{'address':{'country':'PR','state':'PR','zip':907}}       | {'address':{'country':'PR','state':'PR','zip':'00907'}}",
        "{'address':{'state':'Northern Territory','zip':800}}      | {'address':{'state':'NT','zip':'0800'}}",
        "{'address':{'full':'1 A St\\nProvo, UT 84601.'}}          | {'address':{'full':'1 A St, Provo, UT 84601'}}",
        "{'mobile':'61491570006','address':{'state':'Victoria'}}   | {'mobile':'+61491570006','address':{'state':'VIC'}}",
        "{'appointment':{'startsAt':'2026-04-18 10:00:00-06:00'}}  | {'appointment':{'startsAt':'2026-04-18T10:00-06:00'}}"
      })
  void everyFieldOfALeadIsNormalised(String written, String normal) {
    assertThat(lead(written).data()).isEqualTo(Webhooks.json(normal));
    assertThat(lead(written).notes()).isEmpty();
  }

  /** Forms and PHP send lists and texts where objects belong, and numbers where texts do. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'fullName':['Ada Brook'],'email':['a@example.com']} | {'fullName':'Ada Brook','email':'a@example.com'}",
        "{'address':'1 A St, Provo, UT 84601'}       | {'address':{'full':'1 A St, Provo, UT 84601'}}",
        "{'company':'Acme','ids':[],'address':[]}    | {'company':{'name':'Acme'}}",
        "{'address':[{'city':'Provo','state':'Utah'}]} | {'address':{'city':'Provo','state':'UT'}}",
        "{'address':{'street':12,'city':3}}          | {'address':{'street':'12','city':'3'}}",
        "{'status':3,'note':5,'firstName':7}         | {'status':'3','note':'5','firstName':'7'}",
        "{'smsOptIn':['yes'],'kind':['Commercial']}  | {'smsOptIn':true,'kind':'commercial'}",
        "{'ids':{'enerflo.install':['901']},'id':['4711']} | {'ids':{'enerflo.install':'901'},'id':'4711'}",
        "{'smsOptIn':[],'surveyFiles':[]}            | {'surveyFiles':[]}"
      })
  void aValueOfAnotherJsonTypeIsRead(String written, String normal) {
    assertThat(lead(written).data()).isEqualTo(Webhooks.json(normal));
    assertThat(lead(written).notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'email':{'value':'a@example.com'} | e-mail `{\"value\":\"a@example.com\"}` is no single value, left out",
        "'mobile':true                     | mobile `true` is neither text nor number, left out",
        "'note':false                      | note `false` is no text, left out",
        "'kind':1                          | kind `1` is no kind of lead, left out",
        "'dealType':'solar'                | dealType `solar` is no whole number, left out",
        "'ids':'901'                       | ids `901` is no object, left out",
        "'appointment':'tomorrow'          | appointment `tomorrow` is no object, left out",
        "'appointment':{'type':12,'startsAt':'3pm'} | appointment `{\"type\":12,\"startsAt\":\"3pm\"}` cannot be read, left out",
        "'surveyFiles':'x.jpg'             | surveyFiles `` is no list of objects, left out",
        "'address':{'lat':403477000}       | lat `403477000` is no number of degrees, left out",
        "'address':{'state':'null'}        | state `null` is no part of an address, left out"
      })
  void aValueOfAnUnreadableJsonTypeIsLeftOut(String field, String note) {
    Normalization normal = lead("{'city':'kept',%s}".formatted(field));

    assertThat(normal.notes()).containsExactly(note);
  }

  @ParameterizedTest
  @CsvSource({
    "Void, voided",
    "VOIDED, voided",
    "Cancelled, voided",
    "canceled, voided",
    "Hold, on-hold",
    "on hold, on-hold",
    "On-Hold, on-hold",
    "ON_HOLD, on-hold",
    "Complete, completed",
    "Active, active",
    "' Waiting  for the utility ', Waiting for the utility",
    "status-7, status-7"
  })
  void aProjectsStatusIsAWordOfTheVocabularyOrTheSourcesOwn(String status, String word) {
    assertThat(project("{'status':'%s'}".formatted(status)).data().path("status").asText())
        .isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource({
    "needs-action, NEEDS_ACTION",
    "Needs Action, NEEDS_ACTION",
    "needsAction, NEEDS_ACTION",
    "active, ACTIVE",
    "Un-enrolled, UNENROLLED",
    "Paused, PAUSED",
    "elsewhere, elsewhere"
  })
  void anEnrollmentsStatusIsAWordOfFlips(String status, String word) {
    Normalization normal = normalize("enrollment.changed", "crm", "{'status':'" + status + "'}");

    assertThat(normal.data().path("status").asText()).isEqualTo(word);
  }

  @Test
  void aDateWithoutOneMeaningIsLeftOutUnlessTheEventIsAboutIt() {
    Normalization normal =
        project("{'startedOn':'04/05/2026','dueOn':'soon','completedOn':'04/05/2026'}");

    assertThat(normal.data()).isEqualTo(Webhooks.json("{'completedOn':'04/05/2026'}"));
    assertThat(normal.notes())
        .containsExactly(
            "startedOn `04/05/2026` is no date that has one meaning, left out",
            "dueOn `soon` is no date that has one meaning, left out");
  }

  @ParameterizedTest
  @CsvSource({
    "enerflo, {}, 2026-04-05",
    "solarproof, {}, 2026-05-04",
    "crm, {'state':'UT'}, 2026-04-05",
    "crm, {'state':'VIC'}, 2026-05-04"
  })
  void theCountryDecidesTheOrderOfADate(String source, String address, String date) {
    String data = "{'dueOn':'04/05/2026','address':%s}".formatted(address);

    assertThat(normalize("project.milestone-changed", source, data).data().path("dueOn").asText())
        .isEqualTo(date);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'x':[],'y':{'email':[1]},'company':null,'address':null,'ids':null}",
        "{'email':'','phone':' ','kind':null,'address':{'zip':null}}",
        "{'note':'two\\nlines ','x':{'email':'ada@'}}"
      })
  void emptyAndUnknownValuesStay(String data) {
    assertThat(lead(data).data()).isEqualTo(Webhooks.json(data));
  }

  /** What is written to a topic is normalised again where it is read. */
  @ParameterizedTest
  @MethodSource("written")
  void normalisedDataStaysUnchanged(JsonNode data) {
    for (String type : List.of("lead.submitted", "project.status-changed", "enrollment.changed")) {
      for (String source : List.of("enerflo", "solarproof", "crm")) {
        ObjectNode once = EventNormalizer.normalize(type, source, (ObjectNode) data).data();

        assertThat(EventNormalizer.normalize(type, source, once))
            .isEqualTo(new Normalization(once, List.of()));
      }
    }
  }

  static List<JsonNode> written() throws IOException {
    List<JsonNode> written = new ArrayList<>();
    for (String folder : List.of("src/test/resources/cases", "routes/samples")) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        for (Path file : files.filter(it -> it.toString().endsWith(".json")).sorted().toList()) {
          JsonNode json = EventJson.parse(Files.readAllBytes(file));
          for (String place : List.of("", "/data", "/send/0/webhook/body", "/send/0/event/data")) {
            if (json.at(place) instanceof ObjectNode data) {
              written.add(data);
            }
          }
        }
      }
    }
    return written;
  }

  private static Normalization lead(String data) {
    return normalize("lead.submitted", "crm", data);
  }

  private static Normalization project(String data) {
    return normalize("project.milestone-changed", "crm", data);
  }

  private static Normalization normalize(String type, String source, String data) {
    return EventNormalizer.normalize(type, source, (ObjectNode) Webhooks.json(data));
  }
}
