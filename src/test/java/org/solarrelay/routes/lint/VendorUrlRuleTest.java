package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VendorUrlRuleTest {

  @Test
  void aRouteFileCallsNoVendor() {
    assertThat(
            EditedFolder.with(
                    "deliver-crm.camel.yaml",
                    "uri: kamelet:crm-callback-sink",
                    "uri: vertx-http:crm.example.com/hooks")
                .problems())
        .containsExactly(
            "deliver-crm.camel.yaml:23: a route file calls out by vertx-http. Put the call "
                + "into a kamelet, kamelets/<system>-<verb>-<noun>-sink.kamelet.yaml, and send "
                + "to that");
  }

  @Test
  void aRouteFileNamesNoUrl() {
    assertThat(
            EditedFolder.with(
                    "enrich-from-enerflo.camel.yaml",
                    "simple:\n                expression: ${body}",
                    "constant:\n                expression: https://crm.example.com")
                .problems())
        .containsExactly(
            "enrich-from-enerflo.camel.yaml:75: a route file names a URL. Put the call into a "
                + "kamelet, kamelets/<system>-<verb>-<noun>-sink.kamelet.yaml, and send to that");
  }
}
