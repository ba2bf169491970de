package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.routes.KaotoForm;

class LintTest {

  @Test
  void theDefaultFilesAreFine() {
    assertThat(EditedFolder.unedited().problems()).isEmpty();
  }

  @Test
  void theDefaultFilesAreFineAfterKaotoHasWrittenThem() {
    assertThat(EditedFolder.unedited().each(KaotoForm::of).problems()).isEmpty();
  }

  @Test
  void aFileSavedHalfWayIsNoYaml() {
    assertThat(
            EditedFolder.with(
                    "handoff-enerflo.camel.yaml", "- route:\n    id: deliver-c\n    from:\n  x")
                .problems())
        .containsExactly(
            "handoff-enerflo.camel.yaml:4: this is no YAML: could not find expected ':'. Look "
                + "at the indentation, colons and quotes here and in the line above");
  }

  @Test
  void anEmptyFileIsRejected() {
    assertThat(EditedFolder.with("handoff-enerflo.camel.yaml", "").problems())
        .containsExactly("handoff-enerflo.camel.yaml:1: the file is empty. Fill it, or delete it");
  }

  @Test
  void aFileThatAddsAnEventTypeIsTakenAndOneWithATypingErrorRejected() {
    String schema = "{\n  \"x-topic\": \"solar.projects\"\n}";

    assertThat(EditedFolder.with("schemas/permit.issued.schema.json", schema).problems()).isEmpty();
    assertThat(
            EditedFolder.with("schemas/permit.issued.schema.json", schema.replace("}", "]"))
                .problems())
        .containsExactly(
            "schemas/permit.issued.schema.json:3: not JSON: line 3, column 1. "
                + "docs/edit-a-route.md shows how a type is added");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "solar.projects|solar.project|2:15: \"x-topic\" says which topic carries permit.issued: one of"
            + " solar.enrollments, solar.leads, solar.projects. Did you mean \"solar.projects\"?",
        "project.schema.json|projects.schema.json|3:12: the program has no schema"
            + " projects.schema.json. Did you mean \"project.schema.json\"?",
        "required|requird|5:3: JSON Schema has no keyword \"requird\". Did you mean"
            + " \"required\"?",
        "defs/text|defs/txt|4:51: there is no #/$defs/txt. docs/edit-a-route.md shows how a type is"
            + " added"
      })
  void aMisspeltEventTypeIsReportedWithItsPlace(String before, String after, String expected) {
    String schema =
        """
        {
          "x-topic": "solar.projects",
          "$ref": "project.schema.json",
          "properties": {"a": {"$ref": "common.schema.json#/$defs/text"}, "titel": {}},
          "required": ["a"]
        }
        """;

    assertThat(
            EditedFolder.with("schemas/permit.issued.schema.json", schema.replace(before, after))
                .places())
        .containsExactly("schemas/permit.issued.schema.json:" + expected);
  }

  @Test
  void aValueThatContainsItselfIsRejected() {
    assertThat(EditedFolder.with("deliver-acme.camel.yaml", "&a\n- route: *a\n").problems())
        .containsExactly("deliver-acme.camel.yaml:1: a value contains itself. Remove the alias");
  }

  @Test
  void everyProblemIsListedInTheOrderOfFilesAndLines() {
    assertThat(
            EditedFolder.with("deliver-flip-change.camel.yaml", "ref: flipMapper", "ref: flipMaper")
                .and("deliver-crm.camel.yaml", "ref: crmMapper", "ref: crmMaper")
                .and("deliver-crm.camel.yaml", "method: received", "method: receivd")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:20: there is no bean \"crmMaper\". Did you mean "
                + "\"crmMapper\"?",
            "deliver-crm.camel.yaml:27: CrmOutcomes has no public method \"receivd\". Did "
                + "you mean \"received\"?",
            "deliver-flip-change.camel.yaml:15: there is no bean \"flipMaper\". Did you mean "
                + "\"flipMapper\"?");
  }

  @Test
  void aFileThatOthersNeedIsMissed() {
    assertThat(
            EditedFolder.unedited().without("kamelets/crm-callback-sink.kamelet.yaml").problems())
        .containsExactly(
            "deliver-crm.camel.yaml:23: there is no "
                + "kamelets/crm-callback-sink.kamelet.yaml. There is enerflo-add-lead-sink, "
                + "enerflo-add-note-sink, enerflo-find-install-action, "
                + "enerflo-get-customer-action, enerflo-get-install-action, "
                + "enerflo-hand-off-action, enerflo-list-customers-action, "
                + "enerflo-list-install-notes-action, enerflo-list-install-statuses-action, "
                + "enerflo-list-installs-action, enerflo-schedule-audit-sink, "
                + "enerflo-update-install-sink, …");
  }

  @Test
  void aFileThatHasNotChangedIsCheckedAgainstTheOthersAsTheyAreNow() {
    Lint lint = new Lint();
    EditedFolder mistake =
        EditedFolder.with("deliver-crm.camel.yaml", "ref: crmMapper", "ref: crmMaper");
    EditedFolder gap = EditedFolder.unedited().without("kamelets/crm-callback-sink.kamelet.yaml");
    EditedFolder fine = EditedFolder.unedited();

    for (EditedFolder folder : List.of(fine, mistake, fine, gap, mistake, gap, fine)) {
      assertThat(folder.problems(lint)).isEqualTo(folder.problems(new Lint()));
    }
  }
}
