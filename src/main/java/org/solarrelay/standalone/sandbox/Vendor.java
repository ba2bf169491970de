package org.solarrelay.standalone.sandbox;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;

/** One simulated vendor. */
interface Vendor {

  /** The name it has everywhere in the relay: enerflo, solarproof, flip, crm. */
  String name();

  /** Its own paths; {@code gate} comes first on each of them. */
  void mount(Router router, Handler<RoutingContext> gate);

  /** What it holds, by kind. */
  Map<String, SandboxRecords> holds();

  /** How it sends webhooks; empty where it sends none. */
  default Optional<VendorWebhooks> webhooks() {
    return Optional.empty();
  }

  /** How the relay reaches it: values of the environment variables that configure this vendor. */
  Map<String, String> settings(String url);
}
