package org.solarrelay.ops.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.LogCapture;
import org.solarrelay.RelayEnvironment;

/** The relay rejects requests that a proxy may parse differently (request smuggling). */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class AmbiguousRequestsTest {

  private static final String LINE = "POST /webhooks/leads HTTP/1.1\r\n";
  private static final String HOST = "Host: relay\r\n";
  private static final String CREDENTIALS =
      "X-Webhook-Token: leads-token\r\nContent-Type: application/json\r\n";
  private static final String CHUNKS = "2\r\n{}\r\n0\r\n\r\n";

  /** A request that an attacker hides behind the first one. */
  private static final String HIDDEN = "GET /api/routes HTTP/1.1\r\n" + HOST + "\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 2",
        "Transfer-Encoding: chunked, xchunked",
        "Transfer-Encoding: xchunked, chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding : chunked",
        "X-Folded: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 2",
        "X-Folded: a\r\n\tb\r\nContent-Length: 2"
      })
  void anAmbiguousFramingIsRejected(String framing) throws Exception {
    assertRejected(LINE + HOST + CREDENTIALS + framing + "\r\n\r\n" + CHUNKS + HIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nContent-Length: 3",
        "Content-Length: 2\r\nContent-Length: 2",
        "Content-Length: 2, 3",
        "Content-Length: +2",
        "Content-Length: -2",
        "Content-Length: 0x2",
        "Content-Length: 2 2",
        "Content-Length: ",
        "Content-Length: 99999999999999999999",
        "Content-Length : 2",
        "Content-Length: 2\nX-Bare: line feed",
        "Content-Length: 2\rX-Bare: carriage return",
        "X-Nul: a\0b\r\nContent-Length: 2",
        "X-No-Colon\r\nContent-Length: 2",
        ": no name\r\nContent-Length: 2",
        "Host: other\r\nContent-Length: 2",
        "hOsT: relay\r\nContent-Length: 2"
      })
  void anAmbiguousHeaderIsRejected(String header) throws Exception {
    assertRejected(LINE + HOST + CREDENTIALS + header + "\r\n\r\n{}" + HIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host:\r\n",
        "Host: a b\r\n",
        "Host: a/b\r\n",
        "Host: a@b\r\n",
        "Host: a,b\r\n"
      })
  void exactlyOneValidHostIsRequired(String host) throws Exception {
    assertRejected(LINE + host + CREDENTIALS + "Content-Length: 2\r\n\r\n{}" + HIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST\t/webhooks/leads HTTP/1.1",
        "POST /webhooks/leads\rHTTP/1.1",
        "POST /webhooks/leads x HTTP/1.1",
        "POST /webhooks/leads HTTP/1.2",
        "POST /webhooks/leads HTTP/2.0",
        "POST /webhooks/leads http/1.1",
        "POST /webhooks/leads",
        " X: a header before the line"
      })
  void anAmbiguousRequestLineIsRejected(String line) throws Exception {
    assertRejected(line + "\r\n" + HOST + CREDENTIALS + "Content-Length: 2\r\n\r\n{}" + HIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2;a=\"\r\n{}\r\n0\r\n\r\n",
        "2;a=\"\n{}\r\n0\r\n\r\n",
        "2;a\n{}\r\n0\r\n\r\n",
        "2\n{}\r\n0\r\n\r\n",
        "2\r\n{}XX0\r\n\r\n",
        "zz\r\n{}\r\n0\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        "99999999999\r\n{}\r\n0\r\n\r\n"
      })
  void anAmbiguousChunkIsRejected(String chunks) throws Exception {
    assertRejected(
        LINE + HOST + CREDENTIALS + "Transfer-Encoding: chunked\r\n\r\n" + chunks + HIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\n\r\n{}",
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: Chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\nX-Trailer: b\r\n\r\n",
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
            + "Content-Length: 2\r\n\r\n{}",
        "X-Host: a\r\nHostile: b\r\nContent-Length: 2\r\n\r\n{}"
      })
  void anUnambiguousRequestIsAccepted(String rest) throws Exception {
    try (RawClient client = new RawClient()) {
      client.send(LINE + HOST + CREDENTIALS + rest);

      assertThat(client.statusLine()).startsWith("HTTP/1.1 202");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Folded: a\r\n b\r\nContent-Length: 2\r\n\r\n{}",
        "Host: other\r\nContent-Length: 2\r\n\r\n{}"
      })
  void anAmbiguousRequestIsRejectedEvenByteByByte(String rest) throws Exception {
    try (RawClient client = new RawClient()) {
      for (char character : (LINE + HOST + CREDENTIALS + rest).toCharArray()) {
        client.send(String.valueOf(character));
      }

      assertThat(client.response()).startsWith("HTTP/1.1 400");
    }
  }

  private static void assertRejected(String request) throws Exception {
    try (RawClient client = new RawClient();
        LogCapture log = LogCapture.open()) {
      client.send(request);
      String response = client.response();

      assertThat(response.split("\r\n")[0]).matches("HTTP/1\\.[01] 400 Bad Request");
      assertThat(response)
          .containsOnlyOnce("HTTP/1.")
          .contains("application/problem+json", "nosniff", "\"status\":400", "\"detail\":\"");
      assertThat(client.closed()).isTrue();
      assertThat(log.lines()).noneMatch(line -> Arrays.stream(line.split("\n")).count() > 1);
    }
  }
}
