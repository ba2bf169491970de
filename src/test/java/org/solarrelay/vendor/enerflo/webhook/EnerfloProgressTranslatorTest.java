package org.solarrelay.vendor.enerflo.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.Webhooks.body;
import static org.solarrelay.Webhooks.json;
import static org.solarrelay.Webhooks.sample;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Project;
import org.solarrelay.event.Translation;

class EnerfloProgressTranslatorTest {

  private final EnerfloProgressTranslator translator = new EnerfloProgressTranslator();

  @Test
  void aMilestoneHasItsNameAndDates() {
    Event event = only(translator.milestoneChanged(sample("enerflo", "project_milestone_updated")));

    assertThat(event.type()).isEqualTo("project.milestone-changed");
    assertThat(event.subject()).isEqualTo("901");
    assertThat(event.data().toString())
        .isEqualTo(
            json("""
                {'milestone':{'id':'4','name':'Permission to Operate'},'startedOn':'2026-04-02',
                 'dueOn':'2026-04-20','completedOn':'2026-04-18',
                 'ids':{'enerflo.install':'901','enerflo.customer':'70901'}}
                """)
                .toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      nullValues = "-",
      value = {
        "'id':901,'milestone':{'id':4,'title':'PTO'}; 4; PTO",
        "'id':901,'milestone':{'name':'PTO'}; -; PTO",
        "'id':901,'milestone':'PTO'; -; PTO",
        "'id':901,'milestone':4; 4; -",
        "'install_id':901,'milestone_id':4,'milestone_name':'PTO'; 4; PTO",
        "'epc_install_id':'901','milestone_id':'4','milestone_title':'PTO'; 4; PTO",
        "'install':{'id':901},'install_milestone':{'id':77,'milestone_id':4}; 4; -",
        "'id':901,'install_milestone':{'id':77,'milestone':{'id':4,'title':'PTO'}}; 4; PTO",
        "'id':901,'milestone_id':4,'milestone':{'title':'PTO'}; 4; PTO",
        "'id':4,'title':'PTO','install_id':901; 4; PTO",
        "'id':901,'title':'PTO','install_id':901; -; PTO",
        "'project_id':901,'id':4,'title':'PTO'; 4; PTO",
        "'id':901,'current_milestone':{'id':3,'title':'Installation'}; 3; Installation",
        "'id':901,'milestones':[{'id':4,'title':'PTO'}],'current_milestone':{'id':3}; 4; PTO",
        "'id':901,'milestone':{'id':'','title':null},'milestone_id':4; 4; -"
      })
  void aMilestoneIsFoundUnderAnyLikelyName(String fields, String id, String name) {
    Event event = only(milestone(fields));
    Project project = EventData.read(event, Project.class);

    assertThat(event.subject()).isEqualTo("901");
    assertThat(project.milestone()).isEqualTo(new Project.Milestone(id, name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      nullValues = "-",
      value = {
        "'milestone':{'id':4,'completed_on':'2026-04-18'}; 2026-04-18",
        "'milestone':{'id':4},'completed_at':'2026-04-18 23:59:59'; 2026-04-18",
        "'milestone':{'id':4},'install_milestone':{'completed_on':'2026-04-18T23:00:00-06:00'}; 2026-04-18",
        "'milestone_id':4,'completion_date':'2026-04-18'; 2026-04-18",
        "'current_milestone':{'id':4,'install_milestone':{'completed_on':'2026-04-18'}}; 2026-04-18",
        "'milestone':{'id':4,'completed_on':'0000-00-00'}; -",
        "'milestone':{'id':4,'completed_on':''},'completed_on':null; -",
        "'milestone':{'id':4,'completed_on':'soon'}; -"
      })
  void aDateIsFoundWhereverItStands(String fields, String completedOn) {
    Project project = EventData.read(only(milestone("'id':901," + fields)), Project.class);

    assertThat(project.completedOn()).isEqualTo(completedOn);
  }

  @Test
  void aMilestoneWithTheSameDatesIsADuplicate() {
    String fields = "'id':901,'milestone':{'id':4,'completed_on':'2026-04-1%d'},'x':%d";
    String first = only(milestone(fields.formatted(8, 1))).id();

    assertThat(only(milestone(fields.formatted(8, 2))).id()).isEqualTo(first);
    assertThat(only(milestone(fields.formatted(9, 1))).id()).isNotEqualTo(first);
  }

  @Test
  void withoutAMilestoneTheReasonNamesTheExpectedFields() {
    assertThatThrownBy(() -> milestone("'id':901,'completed_on':'2026-04-18'"))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("names no milestone")
        .hasMessageContaining("install_milestone")
        .hasMessageContaining("current_milestone");
  }

  @Test
  void aNoteHasItsAuthorAndText() {
    Event event = only(translator.noteAdded(sample("enerflo", "new_install_note")));

    assertThat(event.type()).isEqualTo("project.note-added");
    assertThat(event.subject()).isEqualTo("901");
    assertThat(event.data().toString())
        .isEqualTo(
            json("""
                {'note':'Inspector asked for a second label on the disconnect','noteId':'7001',
                 'author':'Pat Manager','ids':{'enerflo.install':'901'}}
                """)
                .toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      nullValues = "-",
      value = {
        "'id':901,'note_id':7,'note':'Hi'; 7; Hi",
        "'id':7,'install_id':901,'content':'Hi'; 7; Hi",
        "'id':901,'epc_install_id':901,'text':'Hi'; -; Hi",
        "'id':901,'note':{'id':7,'note':'Hi'}; 7; Hi",
        "'note':{'note_id':7,'id':901,'note':'Hi'}; 7; Hi",
        "'id':7,'note_id':7,'install':{'id':901},'body':'Hi'; 7; Hi",
        "'id':901,'note':{'install_id':901,'content':'Hi'}; -; Hi",
        "'id':901,'message':'Hi'; -; Hi",
        "'id':901,'note_id':7,'note':''; 7; -"
      })
  void aNoteIsFoundUnderAnyLikelyName(String fields, String noteId, String text) {
    Event event = only(note(fields));
    Project project = EventData.read(event, Project.class);

    assertThat(event.subject()).isEqualTo("901");
    assertThat(project.noteId()).isEqualTo(noteId);
    assertThat(project.note()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      nullValues = "-",
      value = {
        "'author':'Pat'; Pat",
        "'author':{'name':'Pat'}; Pat",
        "'user':{'first_name':'Pat','last_name':'Manager'}; Pat Manager",
        "'user':{'email':'pat@example.com'}; pat@example.com",
        "'created_by':'pat@example.com'; pat@example.com",
        "'created_by':311,'author_id':311; -"
      })
  void anAuthorIsAPersonWithAName(String fields, String author) {
    Project project = EventData.read(only(note("'id':901,'note':'Hi'," + fields)), Project.class);

    assertThat(project.author()).isEqualTo(author);
  }

  @Test
  void aNoteIsComparedWithItselfAndNotWithOtherNotes() {
    ContentKey first = key("'id':901,'note_id':7,'note':'Hi','author':'Pat'");
    ContentKey poor = key("'id':901,'note_id':7");
    ContentKey other = key("'id':901,'note_id':8,'note':'Hi','author':'Pat'");

    assertThat(key("'author':'Pat','id':901,'note_id':7,'note':'Hi'")).isEqualTo(first);
    assertThat(poor.scope()).isEqualTo(first.scope());
    assertThat(poor.content()).isNotEqualTo(first.content());
    assertThat(other.scope()).isNotEqualTo(first.scope());
  }

  private ContentKey key(String fields) {
    return only(note(fields)).contentKey();
  }

  @Test
  void aNoteWithoutAnIdIsComparedByItsText() {
    assertThat(only(note("'id':901,'note':'Hi'")).id())
        .isEqualTo(only(note("'note':'Hi','id':'901'")).id())
        .isNotEqualTo(only(note("'id':901,'note':'Ho'")).id());
  }

  @Test
  void aNoteWithoutTextAndIdIsInvalid() {
    assertThatThrownBy(() -> note("'id':901,'author':'Pat'"))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("no text under note, content")
        .hasMessageContaining("no note_id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'id':901", "'id':901,'author_id':3,'note':'','milestone':{},'updated_at':'x'"})
  void anEmptyDuplicateIsIgnored(String fields) {
    assertThat(note(fields).ignored()).isEqualTo("install 901 has no note: an empty duplicate");
    assertThat(milestone(fields).ignored())
        .isEqualTo("install 901 has no milestone: an empty duplicate");
  }

  @Test
  void withoutAnInstallThereIsNoEvent() {
    assertThatThrownBy(() -> note("'note':'Hi'")).hasMessageContaining("names no install");
    assertThatThrownBy(() -> milestone("'milestone':{'id':4}"))
        .hasMessageContaining("names no install");
  }

  private Translation milestone(String fields) {
    return translator.milestoneChanged(
        body("enerflo", "{'webhook_event':'project_milestone_updated'," + fields + "}"));
  }

  private Translation note(String fields) {
    return translator.noteAdded(
        body("enerflo", "{'webhook_event':'new_install_note'," + fields + "}"));
  }

  private static Event only(Translation translation) {
    return assertThat(translation.events()).singleElement().actual();
  }
}
