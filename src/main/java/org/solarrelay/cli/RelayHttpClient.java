package org.solarrelay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * Asks a running relay.
 *
 * <p>Not by {@code java.net.http}: that reads all certificates even for {@code http://}, which
 * takes longer than everything else that a command does.
 */
final class RelayHttpClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONNECT_MILLIS = 5_000;
  // a replay of thousands takes its time
  private static final int ANSWER_MILLIS = 120_000;

  private final URI origin;

  RelayHttpClient(URI origin) {
    this.origin = origin;
  }

  /**
   * An answer of the relay.
   *
   * @param body empty where it was none
   */
  record Response(int status, JsonNode body) {

    boolean good() {
      return status / 100 == 2;
    }

    /** What a problem says. */
    String detail() {
      return body.path("detail").asText("it answers with HTTP " + status);
    }
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @param body null where there is none
   * @throws CommandException where no relay answers
   */
  Response send(String method, String path, Map<String, String> headers, byte[] body) {
    try {
      HttpURLConnection call =
          (HttpURLConnection) URI.create(origin + path).toURL().openConnection();
      call.setRequestMethod(method);
      call.setConnectTimeout(CONNECT_MILLIS);
      call.setReadTimeout(ANSWER_MILLIS);
      call.setInstanceFollowRedirects(false);
      headers.forEach(call::setRequestProperty);
      if (body != null) {
        call.setDoOutput(true);
        call.getOutputStream().write(body);
      }
      return response(call);
    } catch (ConnectException | UnknownHostException e) {
      throw nobody("Nothing listens at " + origin);
    } catch (SocketTimeoutException e) {
      throw nobody(origin + " does not answer");
    } catch (IOException e) {
      throw nobody("%s can not be asked: %s".formatted(origin, e.getMessage()));
    }
  }

  private Response response(HttpURLConnection call) throws IOException {
    int status = call.getResponseCode();
    try (InputStream body = status < 400 ? call.getInputStream() : call.getErrorStream()) {
      byte[] bytes = body == null ? new byte[0] : body.readAllBytes();
      return new Response(status, JSON.readTree(bytes));
    } catch (JsonProcessingException e) {
      throw nobody(
          "%s answers with HTTP %d, but not as Solar Relay does".formatted(origin, status));
    }
  }

  private static CommandException nobody(String what) {
    return CommandException.unusable(
        what + ". Start it with ./relay run, or name it with --url or RELAY_URL.");
  }
}
