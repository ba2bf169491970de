package org.solarrelay.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/** Options of all commands that call a running relay. */
final class RelayOptions {

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the relay's URL: RELAY_URL, by default http://localhost:8080")
  private String url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "the operator token: RELAY_OPERATOR_TOKEN; in standalone mode none is needed")
  private String token;

  URI url() {
    return RelayUrls.origin("--url", url);
  }

  RelayApi api() {
    return new RelayApi(url(), token);
  }
}
