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
import java.util.Set;
import org.jboss.logging.Logger;
import org.solarrelay.routes.FailedStep;

/**
 * How one vendor sends webhooks: each once, and not again where nobody takes it.
 *
 * <p>{@code PUT /sandbox/{vendor}/webhooks} sets {@code delayMillis}, from the answer to the call
 * that caused them, and for vendors whose webhooks are set by hand the {@code url}. Without a delay
 * they come before that answer, which is when a receiver knows least.
 */
final class VendorWebhooks {
  private static final Logger LOG = Logger.getLogger("org.solarrelay.sandbox");
  private static final String SETTINGS = "settings";
  private static final int LONGEST_DELAY = 600_000;
  private static final int PATIENCE_MILLIS = 5000;

  private final String vendor;
  private final Set<String> settable;
  private final SandboxRecords settings;
  private final Vertx vertx;
  private final HttpClient client;
  private long sent;

  /**
   * @param settable what can be set
   */
  VendorWebhooks(String vendor, Set<String> settable, SandboxRecords settings, Vertx vertx) {
    this.vendor = vendor;
    this.settable = settable;
    this.settings = settings;
    this.vertx = vertx;
    this.client = vertx.createHttpClient();
  }

  /**
   * @param afterMillis when it goes out, counted from the first of those it belongs to; only those
   *     with 0 can come before the answer
   */
  record Outgoing(String url, JsonNode body, int afterMillis) {}

  void mount(Router router) {
    router.put("/sandbox/" + vendor + "/webhooks").handler(this::set);
  }

  /** Where webhooks go that are set by hand; empty for nowhere. */
  String url() {
    return now().path("url").asText("");
  }

  /** The settings, and how many went out since the start. */
  ObjectNode describe() {
    return now().put("sent", sent);
  }

  /** Sends them around the answer to the call that caused them. */
  void around(Runnable answer, List<Outgoing> webhooks) {
    int delay = now().path("delayMillis").asInt(0);
    if (delay > 0) {
      answer.run();
      vertx.setTimer(delay, waited -> sendAll(webhooks));
    } else {
      sendAll(webhooks).onComplete(taken -> answer.run());
    }
  }

  private Future<Void> sendAll(List<Outgoing> webhooks) {
    webhooks.stream()
        .filter(webhook -> webhook.afterMillis() > 0)
        .forEach(webhook -> vertx.setTimer(webhook.afterMillis(), waited -> send(webhook)));
    return Future.join(
            webhooks.stream()
                .filter(webhook -> webhook.afterMillis() == 0)
                .map(this::send)
                .toList())
        .mapEmpty();
  }

  private Future<Integer> send(Outgoing webhook) {
    sent++;
    RequestOptions post =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(webhook.url())
            .setTimeout(PATIENCE_MILLIS)
            .putHeader("content-type", "application/json");
    return client
        .request(post)
        .compose(call -> call.send(webhook.body().toString()))
        .map(answer -> answer.statusCode())
        // neither URL nor body: the one holds a token, the other personal data
        .onSuccess(status -> LOG.infof("%s: webhook %d", vendor, status))
        .onFailure(e -> LOG.infof("%s: webhook failed, %s", vendor, FailedStep.kind(e)));
  }

  private void set(RoutingContext call) {
    ObjectNode wanted = SandboxResponse.object(call).orElse(null);
    String mistake = wanted == null ? "the body must be a JSON object" : mistakeIn(wanted);
    if (mistake != null) {
      SandboxResponse.json(
          call, 400, SandboxResponse.JSON.createObjectNode().put("error", mistake));
      return;
    }
    settings.put(SETTINGS, wanted);
    SandboxResponse.json(call, 200, describe());
  }

  private String mistakeIn(ObjectNode wanted) {
    for (String name : (Iterable<String>) wanted::fieldNames) {
      if (!settable.contains(name)) {
        return "unknown field: there is " + String.join(", ", settable.stream().sorted().toList());
      }
    }
    JsonNode delay = wanted.path("delayMillis");
    if (wanted.has("delayMillis")
        && !(delay.isInt() && delay.intValue() >= 0 && delay.intValue() <= LONGEST_DELAY)) {
      return "delayMillis must be a number from 0 to " + LONGEST_DELAY;
    }
    String url = wanted.path("url").asText("");
    return url.isEmpty() || url.matches("https?://\\S+") ? null : "url must be an HTTP URL";
  }

  private ObjectNode now() {
    return settings.get(SETTINGS).orElseGet(SandboxResponse.JSON::createObjectNode);
  }
}
