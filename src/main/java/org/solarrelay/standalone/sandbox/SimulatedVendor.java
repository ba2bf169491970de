package org.solarrelay.standalone.sandbox;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;

/** A simulated vendor. */
interface SimulatedVendor {

  /** The vendor's name in the relay: enerflo, solarproof, flip or crm. */
  String name();

  /** Adds the vendor's paths, each with {@code gate} as first handler. */
  void mount(Router router, Handler<RoutingContext> gate);

  /** The vendor's records, by kind. */
  Map<String, SandboxRecords> records();

  /** The sender of webhooks; empty if the vendor sends none. */
  default Optional<VendorWebhooks> webhooks() {
    return Optional.empty();
  }

  /** Environment variables with which a relay calls this vendor. */
  Map<String, String> settings(String url);
}
