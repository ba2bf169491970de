package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.solarrelay.routes.FailedStep;

/**
 * Sends the webhooks of a simulated vendor, each once without retries.
 *
 * <p>{@code PUT /sandbox/{vendor}/webhooks} sets {@code delayMillis}, counted from the response to
 * the call that caused the webhooks, and for some vendors the {@code url}. Without a delay they are
 * sent before that response, the hardest order for a receiver. {@code loseEvery} loses every n-th
 * webhook, {@code loseForMillis} all of them for a time.
 */
final class VendorWebhooks {
  private static final Logger LOG = Logger.getLogger("org.solarrelay.sandbox");
  private static final String SETTINGS = "settings";
  private static final String LOSE_EVERY = "loseEvery";
  private static final String LOSE_FOR_MILLIS = "loseForMillis";
  private static final int MAX_DELAY = 600_000;
  private static final int TIMEOUT_MILLIS = 5000;

  private final String vendor;
  private final Set<String> settable;
  private final SandboxRecords settings;
  private final Vertx vertx;
  private final HttpClient client;
  private long sent;
  private long lost;
  private long loseUntil;

  /**
   * @param settable the names of the settings that can be changed
   */
  VendorWebhooks(String vendor, Set<String> settable, SandboxRecords settings, Vertx vertx) {
    this.vendor = vendor;
    this.settable =
        Stream.concat(settable.stream(), Stream.of(LOSE_EVERY, LOSE_FOR_MILLIS))
            .collect(Collectors.toUnmodifiableSet());
    this.settings = settings;
    this.vertx = vertx;
    this.client = vertx.createHttpClient();
  }

  /**
   * A webhook to send.
   *
   * @param afterMillis the delay after the first webhook of the same call; only those with 0 can be
   *     sent before the response
   */
  record Outgoing(String url, JsonNode body, int afterMillis) {}

  void mount(Router router) {
    router.put("/sandbox/" + vendor + "/webhooks").handler(this::set);
  }

  /** The configured URL of webhooks; empty if none is set. */
  String url() {
    return currentSettings().path("url").asText("");
  }

  /** The settings, and the numbers of webhooks that were sent and lost since the start. */
  ObjectNode describe() {
    return currentSettings().put("sent", sent).put("lost", lost);
  }

  private boolean loses() {
    int every = currentSettings().path(LOSE_EVERY).asInt(0);
    return System.currentTimeMillis() < loseUntil || every > 0 && (sent + lost) % every == 0;
  }

  /** Sends the webhooks of a call, before or after its response. */
  void sendWithResponse(Runnable respond, List<Outgoing> webhooks) {
    int delay = currentSettings().path("delayMillis").asInt(0);
    if (delay > 0) {
      respond.run();
      vertx.setTimer(delay, timer -> sendAll(webhooks));
    } else {
      sendAll(webhooks).onComplete(taken -> respond.run());
    }
  }

  private Future<Void> sendAll(List<Outgoing> webhooks) {
    webhooks.stream()
        .filter(webhook -> webhook.afterMillis() > 0)
        .forEach(webhook -> vertx.setTimer(webhook.afterMillis(), timer -> send(webhook)));
    return Future.join(
            webhooks.stream()
                .filter(webhook -> webhook.afterMillis() == 0)
                .map(this::send)
                .toList())
        .mapEmpty();
  }

  private Future<Integer> send(Outgoing webhook) {
    if (loses()) {
      lost++;
      LOG.infof("%s: webhook lost", vendor);
      return Future.succeededFuture(0);
    }
    sent++;
    RequestOptions post =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(webhook.url())
            .setTimeout(TIMEOUT_MILLIS)
            .putHeader("content-type", "application/json");
    return client
        .request(post)
        .compose(call -> call.send(webhook.body().toString()))
        .map(response -> response.statusCode())
        // without URL, which has a token, and body, which has personal data
        .onSuccess(status -> LOG.infof("%s: webhook %d", vendor, status))
        .onFailure(e -> LOG.infof("%s: webhook failed, %s", vendor, FailedStep.kind(e)));
  }

  private void set(RoutingContext call) {
    Optional<ObjectNode> change = SandboxResponse.object(call);
    Optional<String> problem =
        change.isPresent() ? problem(change.get()) : Optional.of("the body must be a JSON object");
    if (problem.isPresent()) {
      SandboxResponse.json(
          call, 400, SandboxResponse.JSON.createObjectNode().put("error", problem.get()));
      return;
    }
    loseUntil = System.currentTimeMillis() + change.get().path(LOSE_FOR_MILLIS).asInt(0);
    settings.put(SETTINGS, change.get().without(LOSE_FOR_MILLIS));
    SandboxResponse.json(call, 200, describe());
  }

  /** What is wrong with new settings; empty if they are valid. */
  private Optional<String> problem(ObjectNode change) {
    for (String name : (Iterable<String>) change::fieldNames) {
      if (!settable.contains(name)) {
        String fields = String.join(", ", settable.stream().sorted().toList());
        return Optional.of("unknown field: there is " + fields);
      }
    }
    for (String name : List.of("delayMillis", LOSE_EVERY, LOSE_FOR_MILLIS)) {
      JsonNode number = change.path(name);
      if (change.has(name)
          && !(number.isInt() && number.intValue() >= 0 && number.intValue() <= MAX_DELAY)) {
        return Optional.of(name + " must be a number from 0 to " + MAX_DELAY);
      }
    }
    String url = change.path("url").asText("");
    boolean valid = url.isEmpty() || url.matches("https?://\\S+");
    return valid ? Optional.empty() : Optional.of("url must be an HTTP URL");
  }

  private ObjectNode currentSettings() {
    return settings.get(SETTINGS).orElseGet(SandboxResponse.JSON::createObjectNode);
  }
}
