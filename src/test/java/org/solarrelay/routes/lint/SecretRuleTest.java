package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRuleTest {

  @Test
  void aKeyInAHeaderIsRejected() {
    assertThat(
            EditedFolder.with(
                    "kamelets/enerflo-add-lead-sink.kamelet.yaml",
                    "expression: \"{{apiKey}}\"",
                    "expression: sesame")
                .problems())
        .containsExactly(
            "kamelets/enerflo-add-lead-sink.kamelet.yaml:57: this looks like a secret. "
                + "Read it from the environment: {{relay.destinations.<name>.api-key:}}; and "
                + "change the key, it has been in a file");
  }

  @Test
  void aTokenIsRejectedAnywhereInAFile() {
    assertThat(
            EditedFolder.with(
                    "enrich-from-enerflo.camel.yaml",
                    "simple:\n                expression: ${body}",
                    "constant:\n                expression: Bearer abcdefgh12345678")
                .problems())
        .containsExactly(
            "enrich-from-enerflo.camel.yaml:75: this looks like a secret. Read it from the "
                + "environment: {{relay.destinations.<name>.api-key:}}; and change the key, it "
                + "has been in a file");
  }

  @Test
  void aPasswordHasNoDefault() {
    assertThat(
            EditedFolder.with(
                    "kamelets/crm-callback-sink.kamelet.yaml",
                    "default: \"{{relay.destinations.crm.api-key:}}\"",
                    "default: hunter2")
                .problems())
        .containsExactly(
            "kamelets/crm-callback-sink.kamelet.yaml:33: this looks like a secret. Read it "
                + "from the environment: {{relay.destinations.<name>.api-key:}}; and change the "
                + "key, it has been in a file");
  }

  @Test
  void aLongRandomTextIsRejected() {
    assertThat(
            EditedFolder.with(
                    "enrich-from-enerflo.camel.yaml",
                    "simple:\n                expression: ${body}",
                    "constant:\n                expression: q7Zr2Vx9Lk4Tn8Wb3Yd6")
                .problems())
        .containsExactly(
            "enrich-from-enerflo.camel.yaml:75: this looks like a secret. Read it from the "
                + "environment: {{relay.destinations.<name>.api-key:}}; and change the key, it "
                + "has been in a file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "basicAuthPassword: sesame|sesame",
        "authPassword: sesame|sesame",
        "oauth2ClientSecret: sesame|sesame",
        "saslJaasConfig: 'x required username=\"a\" password=\"hunter2x\";'|password=",
        "sslTruststorePassword: sesame|sesame",
        "clientKey: sk_live_4eC39HqLyjWDarjt|sk_",
        "X-Access-Token: sesame|sesame",
        "apikey: sesame|sesame",
        "url: https://ada:sesame12@acme.example/x|://",
        "url: https://acme.example/x?user=a&apiKey=abc123xyz|&apiKey",
        "slack: https://hooks.slack.com/services/T0AB/B0CD/x7Yz|hooks",
        "header: Basic YWRhOnNlc2FtZTEy|Basic",
        "pem: '-----BEGIN RSA PRIVATE KEY-----'|-----BEGIN"
      })
  void aSecretInAParameterIsRejected(String parameter, String secret) {
    String steps =
        """
        - to:
            uri: topic:solar.leads
            parameters:
              %s
        """;
    String place = "consume-permits.camel.yaml:10:" + (15 + parameter.indexOf(secret));
    assertThat(EditedFolder.withSteps(steps.formatted(parameter)).places())
        .anyMatch(it -> it.startsWith(place + ": this looks like a secret."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "# apiKey: hunter22|3",
        "# curl -H 'Authorization: Bearer abcdefgh12345678'|27",
        "# the key is q7Zr2Vx9Lk4Tn8Wb3Yd6|14",
        "#password=hunter22|2",
        "# {\"token\": \"abc12345\"}|4"
      })
  void aSecretInACommentIsRejected(String comment, int column) {
    assertThat(
            EditedFolder.with("deliver-crm.camel.yaml", "- route:", comment + "\n- route:")
                .places())
        .containsExactly(
            "deliver-crm.camel.yaml:1:%d: a comment holds what looks like a secret. Remove it, and"
                    .formatted(column)
                + " change the key: it has been in a file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# the token of each request is checked: see docs/configuration.md",
        "# password: <from the vault>",
        "# api-key: {{relay.destinations.acme.api-key}}",
        "# token={{env:ACME_TOKEN:}}",
        "# deliver-enerflo-leads-long-note-and-milestone-of-install-901",
        "# 0b6f6f4e-0000-4000-8000-000000000017",
        "# secrets: docs/deploy.md#secrets"
      })
  void aCommentMaySpeakOfSecrets(String comment) {
    assertThat(
            EditedFolder.with("deliver-crm.camel.yaml", "- route:", comment + "\n- route:")
                .places())
        .isEmpty();
  }
}
