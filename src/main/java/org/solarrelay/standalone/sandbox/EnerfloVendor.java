package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Simulates Enerflo's REST API: leads (v1) and installs (v3), 300 calls per minute for its one key.
 */
final class EnerfloVendor implements SimulatedVendor {
  private static final String KEY = "sandbox-enerflo";
  private static final int CALLS_PER_MINUTE = 300;

  private final CallLimit limit = new CallLimit(CALLS_PER_MINUTE, System::currentTimeMillis);
  private final SandboxRecords leads;
  private final SandboxRecords deals;
  private final SandboxRecords installs;
  private final SandboxRecords notes;
  private final VendorWebhooks webhooks;

  EnerfloVendor(SandboxJournal journal, Vertx vertx) {
    leads = journal.records("enerflo.leads");
    deals = journal.records("enerflo.deals");
    installs = journal.records("enerflo.installs");
    notes = journal.records("enerflo.notes");
    SandboxRecords settings = journal.records("enerflo.webhooks");
    webhooks = new VendorWebhooks("enerflo", Set.of("url", "delayMillis"), settings, vertx);
  }

  @Override
  public String name() {
    return "enerflo";
  }

  @Override
  public Map<String, SandboxRecords> records() {
    return Map.of("leads", leads, "deals", deals, "installs", installs, "notes", notes);
  }

  @Override
  public Optional<VendorWebhooks> webhooks() {
    return Optional.of(webhooks);
  }

  @Override
  public Map<String, String> settings(String url) {
    return Map.of(
        "ENERFLO_URL", url, "ENERFLO_API_KEY", KEY, "ENERFLO_CREATOR", "relay@example.com");
  }

  @Override
  public void mount(Router router, Handler<RoutingContext> gate) {
    router.route("/api/*").handler(gate).handler(this::authenticate).handler(this::withinLimit);
    // mounted first, because /installs/notes also matches /installs/:id
    new EnerfloReadCalls(leads, installs, notes).mount(router);
    EnerfloLeads leadStore = new EnerfloLeads(leads, deals);
    EnerfloWebhooks leadWebhooks = new EnerfloWebhooks(leadStore, webhooks);
    new EnerfloLeadCalls(leadStore, leadWebhooks).mount(router);
    webhooks.mount(router);
    new EnerfloUserActions(leadStore, leadWebhooks).mount(router);
    new EnerfloInstallCalls(new EnerfloInstalls(installs, deals, leads), notes).mount(router);
    router.route("/api/*").handler(call -> SandboxResponse.json(call, 404, failure("Not Found")));
  }

  /** The body of an error of the v3 API, for any HTTP status. */
  static ObjectNode failure(String message) {
    return SandboxResponse.JSON.createObjectNode().put("success", false).put("message", message);
  }

  private void authenticate(RoutingContext call) {
    String header = call.request().getHeader("api-key");
    String key = header == null ? call.request().getParam("api_key") : header;
    if (KEY.equals(key)) {
      call.next();
    } else {
      SandboxResponse.text(call, 200, "text/html; charset=UTF-8", "Access not Permitted");
    }
  }

  /** Enerflo, API rate limits: the body of its 429 is HTML. */
  private void withinLimit(RoutingContext call) {
    boolean allowed = limit.tryAcquire();
    call.response()
        .putHeader("x-ratelimit-limit", String.valueOf(limit.max()))
        .putHeader("x-ratelimit-remaining", String.valueOf(limit.remaining()));
    if (allowed) {
      call.next();
      return;
    }
    long seconds = limit.secondsUntilFree();
    call.response()
        .putHeader("retry-after", String.valueOf(seconds))
        .putHeader(
            "x-ratelimit-reset", String.valueOf(System.currentTimeMillis() / 1000 + seconds));
    SandboxResponse.text(
        call, 429, "text/html; charset=UTF-8", "<html><body>Too many requests.</body></html>");
  }
}
