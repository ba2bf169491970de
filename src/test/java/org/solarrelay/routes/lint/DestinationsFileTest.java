package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.config.DestinationEntry;

class DestinationsFileTest {

  private static final Lint LINT = new Lint();

  @Test
  void anEntryWithoutARouteIsNamedWhereARouteOfANameLikeItHasNoEntry() {
    String route = "- route:\n    id: deliver-slack\n    from:\n      uri: delivery:slack\n";
    String misspelt = "# chats\nslak:\n  url: https://chat.example\n";

    assertThat(found(Map.of("destinations.yaml", misspelt, "deliver-slack.camel.yaml", route)))
        .containsExactly(
            "destinations.yaml:2: no route begins at delivery:slak. Did you mean \"slack\"?");
    assertThat(found(Map.of("destinations.yaml", misspelt))).isEmpty();
    assertThat(
            found(
                Map.of(
                    "destinations.yaml",
                    misspelt + "slack:\n  url: https://chat.example\n",
                    "deliver-slack.camel.yaml",
                    route)))
        .isEmpty();
  }

  private static List<String> found(Map<String, String> files) {
    return LINT.check(files).stream()
        .filter(problem -> problem.file().equals("destinations.yaml"))
        .map(Problem::toString)
        .toList();
  }

  @Test
  void anEntryHasTheSettingsOfADestination() {
    String text =
        """
        slack:
          url: "{{env:SLACK_WEBHOOK_URL}}"
          in-flight: 4
          rate-limit: 60/PT1M
        acme-2:
          url: https://api.acme.example/v2/Contacts
          key: "{{env:ACME_KEY}}"
          calls-per-delivery: 2
          matches-by: email
          one-state: true
        """;

    assertThat(problems(text)).isEmpty();
    assertThat(DestinationsFile.entries(Map.of("destinations.yaml", text)))
        .containsExactly(
            new DestinationEntry(
                "slack",
                Map.of(
                    "url", "{{env:SLACK_WEBHOOK_URL}}", "in-flight", "4", "rate-limit", "60/PT1M")),
            new DestinationEntry(
                "acme-2",
                Map.of(
                    "url",
                    "https://api.acme.example/v2/Contacts",
                    "api-key",
                    "{{env:ACME_KEY}}",
                    "calls-per-delivery",
                    "2",
                    "matches-by",
                    "email",
                    "one-state",
                    "true")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing yet\n",
        "---\n# nothing\n\n",
        "a: {url: 'http://127.0.0.1:9999'}",
        "a: {url: 'https://{{env:HOST}}/in'}",
        "a: {url: '{{env:ORIGIN}}/v2/contacts', rate-limit: 0}",
        "a: {url: '{{env:URL:http://localhost:9999/hook}}', rate-limit: 300}"
      })
  void theseAreFine(String text) {
    assertThat(problems(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Slack: {url: 'https://a.example'} | 1:1 | \"Slack\" is no name of a destination",
        "crm: {url: 'https://a.example'} | 1:1 | crm is a destination of the program",
        "a: {url: 'https://a.example'}\\na: {url: 'https://b.example'} | 2:1 | a stands here twice",
        "a: {url: 'https://a.example', url: 'https://b.example'} | 1:31 | url stands here twice",
        "a: {key: '{{env:K}}', api-key: '{{env:K}}', url: 'https://a.example'} | 1:23 | api-key stands here twice",
        "a: | 1:1 | a has no settings",
        "a:\\n  in-flight: 4 | 1:1 | a has no url",
        "- a | 1:1 | the file is no mapping of names",
        "a: {url: 'https://a.example', in-fligth: 4} | 1:31 | a destination has no setting \"in-fligth\". Did you mean \"in-flight\"?",
        "a: {url: 'a.example'} | 1:10 | url is no URL of http: or https:",
        "a: {url: 'ftp://a.example'} | 1:10 | url is no URL of http: or https:",
        "a:\\n  url: {{env:URL}} | 2:8 | {{env:URL}} stands without quotes",
        "a: {url: [x]} | 1:10 | url is no text",
        "a: {url: '{{env:A-B}}'} | 1:10 | url has a placeholder that cannot be read",
        "a: {url: '{{secret}}'} | 1:10 | url has a placeholder that cannot be read",
        "a: {url: '${SECRET}'} | 1:10 | url has a placeholder that cannot be read",
        "a: {url: 'https://a.example/in/x8Yf2kQ9wLm4Rt7Zb1Vn'} | 1:10 | the URL holds what looks like a secret",
        "a: {url: 'https://me:p4ssw0rd@a.example'} | 1:10 | the URL holds what looks like a secret",
        "a: {url: 'https://a.example', api-key: abc} | 1:40 | the key stands in the file",
        "a: {url: 'https://a.example', api-key: '{{env:K:abc}}'} | 1:40 | the key stands in the file",
        "a: {url: 'https://a.example', in-flight: 0} | 1:42 | in-flight is no number from 1 to 1000",
        "a: {url: 'https://a.example', in-flight: many} | 1:42 | in-flight is no number from 1 to 1000",
        "a: {url: 'https://a.example', rate-limit: 60/minute} | 1:43 | rate-limit is no rate",
        "a: {url: 'https://a.example', calls-per-delivery: 101} | 1:51 | calls-per-delivery is no number from 1 to 100",
        "a: {url: 'https://a.example', one-state: maybe} | 1:42 | one-state is neither true nor false",
        "a: {url: 'https://a.example', matches-by: '.data.email'} | 1:43 | matches-by names no field"
      })
  void aMistakeIsNamedWithItsPlaceAndWhatToWrite(String text, String place, String problem) {
    List<Problem> problems = problems(text.replace("\\n", "\n"));

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).line() + ":" + problems.get(0).column()).isEqualTo(place);
    assertThat(problems.get(0).toString())
        .startsWith("destinations.yaml:" + place.split(":")[0])
        .contains(": " + problem);
    assertThat(problems.get(0).fix()).isNotBlank();
  }

  @Test
  void noProblemQuotesASecret() {
    assertThat(problems("a: {url: 'https://a.example/in/x8Yf2kQ9wLm4Rt7Zb1Vn', key: k3y-of-acme}"))
        .hasSize(2)
        .noneMatch(it -> it.toString().contains("x8Yf2kQ9wLm4Rt7Zb1Vn"))
        .noneMatch(it -> it.toString().contains("k3y-of-acme"));
  }

  @Test
  void anotherEndingIsNotRead() {
    assertThat(LINT.check(Map.of("destinations.yml", "")))
        .extracting(Problem::toString)
        .containsExactly(
            "destinations.yml:1: this file is not read. Rename it to destinations.yaml");
  }

  @Test
  void aRouteNamesADestinationThatIsThere() {
    String route =
        """
        - route:
            id: deliver-acme
            description: Leads to Acme
            from:
              uri: delivery:acme
              steps:
                - to:
                    uri: "{{relay.destinations.%s.url}}/v2/contacts"
                    parameters:
                      httpMethod: POST
        """;
    String destinations = "slack: {url: 'https://slack.example'}";

    assertThat(lint(route.formatted("slack"), destinations)).isEmpty();
    assertThat(lint(route.formatted("acme"), "")).isEmpty();
    assertThat(lint(route.formatted("slakc"), destinations))
        .containsExactly(
            "deliver-acme.camel.yaml:8: there is no destination slakc. Add it to destinations.yaml,"
                + " or write another name. Did you mean \"slack\"?");
    assertThat(lint(route.formatted("slakc"), "slack: [")).noneMatch(it -> it.contains("slakc"));
  }

  private static List<String> lint(String route, String destinations) {
    return LINT
        .check(Map.of("deliver-acme.camel.yaml", route, "destinations.yaml", destinations))
        .stream()
        .map(Problem::toString)
        .toList();
  }

  private static List<Problem> problems(String text) {
    return LINT.check(Map.of("destinations.yaml", text));
  }
}
