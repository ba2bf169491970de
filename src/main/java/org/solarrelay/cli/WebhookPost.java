package org.solarrelay.cli;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.solarrelay.startup.StartupSettings;

/** Sends a webhook as its source does. */
final class WebhookPost {

  private static final String SIGNING = "whsec_";

  private final URI url;
  private final StartupSettings settings;
  private final String givenSecret;

  /**
   * @param givenSecret token or signing secret; where it is null, the one that the relay is
   *     configured with
   */
  WebhookPost(URI url, StartupSettings settings, String givenSecret) {
    this.url = url;
    this.settings = settings;
    this.givenSecret = givenSecret;
  }

  /**
   * Sends it.
   *
   * @param id the same again is the same lead; null where each is one of its own
   * @return the receipt
   */
  String send(WebhookTarget address, OutgoingMessage message, String id) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", message.contentType());
    if (id != null) {
      headers.put("Idempotency-Key", id);
    }
    secret(address.source()).ifPresent(secret -> prove(headers, secret, message));
    RelayHttpClient.Response response =
        new RelayHttpClient(url).send("POST", address.path(), headers, message.bytes());
    if (response.good() && response.body().hasNonNull("receipt")) {
      return response.body().path("receipt").asText();
    }
    throw switch (response.status()) {
      case 401 ->
          CommandException.unusable(
              "The relay does not accept this as sent by %s. Give the token or signing secret with --webhook-token or %s."
                  .formatted(address.source(), variables(address.source())));
      case 503 -> CommandException.unusable("The relay does not take it now: " + response.detail());
      case 404 -> CommandException.refused("There is no " + url + address.path());
      default -> CommandException.refused("The relay refuses it: " + response.detail());
    };
  }

  private Optional<String> secret(String source) {
    String name = source.toUpperCase(Locale.ROOT).replace('-', '_');
    return Optional.ofNullable(givenSecret)
        .or(() -> settings.get("WEBHOOK_SECRET_" + name))
        .or(() -> settings.get("WEBHOOK_TOKEN_" + name))
        // several are live while one is replaced
        .map(secrets -> secrets.split(",")[0].strip());
  }

  private static String variables(String source) {
    String name = source.toUpperCase(Locale.ROOT).replace('-', '_');
    return (source.equals("flip") ? "WEBHOOK_SECRET_" : "WEBHOOK_TOKEN_") + name;
  }

  private static void prove(Map<String, String> headers, String secret, OutgoingMessage message) {
    if (!secret.startsWith(SIGNING)) {
      headers.put("X-Webhook-Token", secret);
      return;
    }
    String id = "msg_" + UUID.randomUUID();
    long now = Instant.now().getEpochSecond();
    try {
      String body = new String(message.bytes(), StandardCharsets.UTF_8);
      headers.put("webhook-signature", new Webhook(secret).sign(id, now, body));
      headers.put("webhook-id", id);
      headers.put("webhook-timestamp", Long.toString(now));
    } catch (WebhookSigningException | IllegalArgumentException e) {
      throw CommandException.unusable("The signing secret goes like whsec_ and base64");
    }
  }
}
