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

/** Sends a webhook with the token or signature of its source. */
final class WebhookPost {

  private static final String SIGNING_PREFIX = "whsec_";

  private final URI url;
  private final StartupSettings settings;
  private final String givenSecret;

  /**
   * @param givenSecret the token or signing secret; null for the relay's configured one
   */
  WebhookPost(URI url, StartupSettings settings, String givenSecret) {
    this.url = url;
    this.settings = settings;
    this.givenSecret = givenSecret;
  }

  /**
   * Sends the webhook.
   *
   * @param id the {@code Idempotency-Key}; null for none
   * @return the receipt
   */
  String send(WebhookTarget target, OutgoingMessage message, String id) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", message.contentType());
    if (id != null) {
      headers.put("Idempotency-Key", id);
    }
    secret(target.source()).ifPresent(secret -> authenticate(headers, secret, message));
    RelayHttpClient.Response response =
        new RelayHttpClient(url).send("POST", target.path(), headers, message.bytes());
    if (response.isSuccess() && response.body().hasNonNull("receipt")) {
      return response.body().path("receipt").asText();
    }
    throw switch (response.status()) {
      case 401 ->
          CommandException.cannotRun(
              "The relay does not accept this as sent by %s. Give the token or signing secret with --webhook-token or %s."
                  .formatted(target.source(), variables(target.source())));
      case 503 ->
          CommandException.cannotRun(
              "The relay does not accept webhooks now: " + response.detail());
      case 404 -> CommandException.rejected("There is no " + url + target.path());
      default -> CommandException.rejected("The relay rejects the webhook: " + response.detail());
    };
  }

  private Optional<String> secret(String source) {
    String name = source.toUpperCase(Locale.ROOT).replace('-', '_');
    return Optional.ofNullable(givenSecret)
        .or(() -> settings.get("WEBHOOK_SECRET_" + name))
        .or(() -> settings.get("WEBHOOK_TOKEN_" + name))
        // the list has several during a rotation
        .map(secrets -> secrets.split(",")[0].strip());
  }

  private static String variables(String source) {
    String name = source.toUpperCase(Locale.ROOT).replace('-', '_');
    return (source.equals("flip") ? "WEBHOOK_SECRET_" : "WEBHOOK_TOKEN_") + name;
  }

  private static void authenticate(
      Map<String, String> headers, String secret, OutgoingMessage message) {
    if (!secret.startsWith(SIGNING_PREFIX)) {
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
      throw CommandException.cannotRun("The signing secret must be whsec_ and base64");
    }
  }
}
