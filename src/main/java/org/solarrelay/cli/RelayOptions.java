package org.solarrelay.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/** Options of all commands that talk to a running relay. */
final class RelayOptions {

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "where the relay runs: RELAY_URL, by default http://localhost:8080")
  private String url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "what operators prove themselves with: RELAY_OPERATOR_TOKEN; on one's own machine the relay asks for none")
  private String token;

  URI url() {
    return RelayUrls.origin("--url", url);
  }

  RelayApi api() {
    return new RelayApi(url(), token);
  }
}
