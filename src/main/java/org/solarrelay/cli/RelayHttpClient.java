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
import java.util.Optional;

/**
 * Sends HTTP requests to a running relay.
 *
 * <p>Does not use {@code java.net.http}, because it loads all certificates even for {@code
 * http://}, and this takes longer than all other work of a command.
 */
final class RelayHttpClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONNECT_MILLIS = 5_000;
  // a replay of thousands of deliveries takes long
  private static final int READ_MILLIS = 120_000;

  private final URI origin;

  RelayHttpClient(URI origin) {
    this.origin = origin;
  }

  /**
   * A response of the relay.
   *
   * @param body a missing node if there is none
   */
  record Response(int status, JsonNode body) {

    boolean isSuccess() {
      return status / 100 == 2;
    }

    /** The detail of problem+json. */
    String detail() {
      return body.path("detail").asText("it responds with HTTP  " + status);
    }
  }

  /** Sends a request without body; see {@link #send(String, String, Map, byte[])}. */
  Response send(String method, String path, Map<String, String> headers) {
    return send(method, path, headers, Optional.empty());
  }

  /**
   * Sends a request and waits for the response.
   *
   * @throws CommandException if no relay responds
   */
  Response send(String method, String path, Map<String, String> headers, byte[] body) {
    return send(method, path, headers, Optional.of(body));
  }

  private Response send(
      String method, String path, Map<String, String> headers, Optional<byte[]> body) {
    try {
      HttpURLConnection call =
          (HttpURLConnection) URI.create(origin + path).toURL().openConnection();
      call.setRequestMethod(method);
      call.setConnectTimeout(CONNECT_MILLIS);
      call.setReadTimeout(READ_MILLIS);
      call.setInstanceFollowRedirects(false);
      headers.forEach(call::setRequestProperty);
      if (body.isPresent()) {
        call.setDoOutput(true);
        call.getOutputStream().write(body.get());
      }
      return response(call);
    } catch (ConnectException | UnknownHostException e) {
      throw unreachable("Nothing listens at " + origin);
    } catch (SocketTimeoutException e) {
      throw unreachable(origin + " does not respond");
    } catch (IOException e) {
      throw unreachable("%s cannot be reached: %s".formatted(origin, e.getMessage()));
    }
  }

  private Response response(HttpURLConnection call) throws IOException {
    int status = call.getResponseCode();
    try (InputStream body = status < 400 ? call.getInputStream() : call.getErrorStream()) {
      byte[] bytes = body == null ? new byte[0] : body.readAllBytes();
      return new Response(status, JSON.readTree(bytes));
    } catch (JsonProcessingException e) {
      throw unreachable(
          "%s responds with HTTP %d, but not like Solar Relay".formatted(origin, status));
    }
  }

  private static CommandException unreachable(String problem) {
    return CommandException.cannotRun(
        problem + ". Start it with ./relay run, or name it with --url or RELAY_URL.");
  }
}
