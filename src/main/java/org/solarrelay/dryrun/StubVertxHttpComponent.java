package org.solarrelay.dryrun;

import io.vertx.core.Vertx;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.vertx.http.DefaultVertxHttpBinding;
import org.apache.camel.component.vertx.http.VertxHttpBinding;
import org.apache.camel.component.vertx.http.VertxHttpComponent;
import org.apache.camel.component.vertx.http.VertxHttpConfiguration;
import org.apache.camel.component.vertx.http.VertxHttpEndpoint;
import org.apache.camel.spi.annotations.Component;

/**
 * Replaces {@code vertx-http:}: prepares requests as the real component does, and returns stubs as
 * responses. It replaces the whole component, so that no endpoint of a route can reach another
 * system.
 */
@Component("vertx-http")
final class StubVertxHttpComponent extends VertxHttpComponent {

  private final StubVendors vendors;

  StubVertxHttpComponent(Vertx vertx, StubVendors vendors) {
    setVertx(vertx);
    this.vendors = vendors;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    VertxHttpEndpoint endpoint =
        (VertxHttpEndpoint) super.createEndpoint(uri, remaining, parameters);
    VertxHttpConfiguration configuration = endpoint.getConfiguration();
    VertxHttpBinding real = configuration.getVertxHttpBinding();
    configuration.setVertxHttpBinding(
        new StubHttpBinding(real == null ? new DefaultVertxHttpBinding() : real, vendors));
    return endpoint;
  }
}
