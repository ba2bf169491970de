package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lint suggests the jq for each use of Jackson's methods and of jsonTemplate. */
class ReplacedByJqRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      textBlock =
          """
          ${body.data.path('address').path('state').asText()} == 'HI' > .data.address.state == "HI"
          ${body.data.path('kind').asText} != 'commercial'            > .data.kind != "commercial"
          ${body.data?.address?.state}                                > .data.address.state
          ${body.data['address']['state']}                            > .data.address.state
          ${body.data.at('/address/state').textValue()}               > .data.address.state
          ${body.data.path('ids').path('enerflo.install').asText()}   > .data.ids."enerflo.install"
          ${body.data.path('surveyFiles').get(0).path('name')}        > .data.surveyFiles[0].name
          ${body.data.path('email').isMissingNode()}                  > .data.email == null
          ${body.data.hasNonNull('email')}                            > .data.email != null
          ${body.data.surveyFiles.size()}                             > .data.surveyFiles | length
          ${body.body.path('first').asText()}                         > .body.first
          """)
  void aFieldThatIsReadByMethodsOfJavaIsNamedInJq(String simple, String jq) {
    String function = simple.substring(0, simple.indexOf('}') + 1);

    assertThat(problems(condition(simple)))
        .containsExactly(
            "deliver-acme.camel.yaml:12: \"%s\" reads JSON by methods of Java. Write it in jq: %s"
                .formatted(function, jq));
  }

  @Test
  void jsonInAVariableIsNamedWithItsSource() {
    assertThat(problems(condition("${variable.found.path('id').asText()} == 'x'")))
        .singleElement()
        .asString()
        .endsWith("Write it in jq: expression: '.id == \"x\"', with source: variable:found");
  }

  /** SimpleRule reports an access in an expression. */
  @Test
  void aFieldInAUriIsNamedInJq() {
    assertThat(
            EditedFolder.with(
                    "deliver-acme.camel.yaml",
                    condition("x")
                        .replace("skipped('no')", "skipped('${body.data.address.state}')"))
                .problems())
        .anyMatch(problem -> problem.endsWith("Write it in jq: .data.address.state"));
  }

  @Test
  void aFieldIsNamedOnce() {
    assertThat(problems(condition("${body.data.address.state} == 'HI'"))).hasSize(1);
  }

  @Test
  void aProblemIsAtTheFunction() {
    assertThat(EditedFolder.with("a.camel.yaml", condition("x ${body.data.path('a')}")).found())
        .filteredOn(problem -> problem.message().contains("methods of Java"))
        .extracting(Problem::column)
        .containsExactly(32);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${body.type} == 'lead.submitted'",
        "${body.data}",
        "${body.source}",
        "${variable.install.id} == '1'",
        "${variable.settings.get('x')} == '1'",
        "${header.path} == '1'",
        "${body} != null",
        "${exception.message}",
      })
  void whatReadsNoJsonIsNotRefused(String simple) {
    assertThat(problems(condition(simple))).isEmpty();
  }

  @Test
  void aTemplateIsNamedInJq() {
    String template =
        "{\"reference\": \"$.record\", \"name\": \"$.data.fullName\", \"note\": \"Permit {$.data.permit} of"
            + " {$.record}\", \"x-id\": \"$.data.ids['enerflo.install']\", \"first\": [\"$.data.adders[0]\", 1],"
            + " \"origin\": {\"system\": \"$.source\", \"price\": \"$5\"}}";

    assertThat(problems(fill("fill('${variable.template}', ${body})", template)))
        .containsExactly(
            "deliver-acme.camel.yaml:15: there is no bean \"jsonTemplate\" any more. Write the JSON in"
                + " jq: {reference: \"\\(.source):\\(.subject)\", name: .data.fullName, note: \"Permit"
                + " \\(.data.permit) of \\(.source):\\(.subject)\", \"x-id\": .data.ids.\"enerflo.install\","
                + " first: [.data.adders[0], 1], origin: {system: .source, price: \"$5\"}}"
                + " | del(.. | nulls)");
  }

  @Test
  void whatIsAddedToARequestIsNamedInJq() {
    assertThat(
            problems(
                fill(
                    "add(${variable.leadJson}, '${variable.template}', ${body})",
                    "{\"lead\": {\"office_match\": \"$.data.officeMatch\"}}")))
        .singleElement()
        .asString()
        .endsWith(
            "jq: (variable(\"leadJson\") | fromjson) * ({lead: {office_match: .data.officeMatch}}"
                + " | del(.. | nulls))");
  }

  @Test
  void aTemplateThatIsNotInTheFileIsNamedByAnExample() {
    assertThat(problems(fill("fill(${header.template}, ${body})", "x")))
        .singleElement()
        .asString()
        .endsWith("Write the JSON in jq: {name: .data.fullName} | del(.. | nulls)");
  }

  /** The problems about JSON, without those that other rules report about variables. */
  private static List<String> problems(String file) {
    return EditedFolder.with("deliver-acme.camel.yaml", file).problems().stream()
        .filter(problem -> problem.startsWith("deliver-acme"))
        .filter(problem -> problem.contains("jq:"))
        .toList();
  }

  private static String condition(String simple) {
    return """
    - route:
        id: deliver-acme
        description: Leads to Acme
        from:
          uri: delivery:acme
          steps:
            - filter:
                expression:
                  simple:
                    # one line as it stands
                    #
                    expression: "%s"
                steps:
                  - bean:
                      ref: routeOutcome
                      method: skipped('no')
            - bean:
                ref: routeOutcome
                method: skipped('no')
    """
        .formatted(simple);
  }

  private static String fill(String method, String template) {
    return """
    - route:
        id: deliver-acme
        description: Leads to Acme
        from:
          uri: delivery:acme
          steps:
            - setVariable:
                name: template
                expression: {constant: {expression: '%s'}}
            - setVariable:
                name: contact
                expression:
                  method:
                    # the bean
                    ref: jsonTemplate
                    method: "%s"
            - bean:
                ref: routeOutcome
                method: skipped('no')
    """
        .formatted(template.replace("'", "''"), method);
  }
}
