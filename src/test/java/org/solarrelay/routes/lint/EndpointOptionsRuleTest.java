package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndpointOptionsRuleTest {

  @Test
  void aMisspeltOptionGetsASuggestion() {
    assertThat(EditedFolder.with("poll-flip.camel.yaml", "period: 1000", "perod: 1000").problems())
        .containsExactly(
            "poll-flip.camel.yaml:9: timer has no option \"perod\". Did you mean " + "\"period\"?");
  }

  @Test
  void anOptionsValueHasItsType() {
    assertThat(
            EditedFolder.with("poll-flip.camel.yaml", "period: 1000", "includeMetadata: perhaps")
                .problems())
        .containsExactly(
            "poll-flip.camel.yaml:9: includeMetadata cannot be \"perhaps\". Write true or "
                + "false");
  }

  @Test
  void anOptionOfOnlyTheOtherDirectionIsRejected() {
    assertThat(
            EditedFolder.with(
                    "kamelets/crm-callback-sink.kamelet.yaml",
                    "httpMethod: POST",
                    "httpMethod: POST\n              muteException: true")
                .problems())
        .containsExactly(
            "kamelets/crm-callback-sink.kamelet.yaml:93: vertx-http has no option "
                + "\"muteException\". There is basicAuthPassword, basicAuthUsername, "
                + "bearerToken, bridgeEndpoint, connectTimeout, cookieStore, "
                + "headerFilterStrategy, httpMethod, lazyStartProducer, multipartUpload, "
                + "multipartUploadName, okStatusCodeRange, …");
  }
}
