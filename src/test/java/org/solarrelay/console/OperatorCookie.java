package org.solarrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Signs in with the operator token of the tests. */
final class OperatorCookie {

  static final String NAME = "relay_session";

  private OperatorCookie() {}

  /** Returns the value of a session's cookie. */
  static String of(HttpClient client, String origin, String name) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin + "/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "token=operator-token&name=" + URLEncoder.encode(name, StandardCharsets.UTF_8)))
            .build();
    try {
      HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
      assertThat(response.statusCode()).isEqualTo(303);
      return response.headers().allValues("Set-Cookie").stream()
          .flatMap(header -> HttpCookie.parse(header).stream())
          .filter(cookie -> cookie.getName().equals(NAME))
          .findFirst()
          .orElseThrow()
          .getValue();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
