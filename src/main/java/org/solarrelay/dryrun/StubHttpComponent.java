package org.solarrelay.dryrun;

import java.util.Map;
import java.util.concurrent.Executor;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.spi.annotations.Component;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.http.RouteHttpComponent;

/**
 * Replaces {@code http:} and {@code https:}: prepares requests as the real component does, and
 * returns stubs as responses, on the caller's thread. It replaces the whole component, so that no
 * endpoint of a route can reach another system.
 */
@Component("http,https")
final class StubHttpComponent extends RouteHttpComponent {

  private final StubVendors vendors;

  StubHttpComponent(RelayConfig.Http settings, StubVendors vendors) {
    super(settings.connectTimeout(), settings.responseTimeout(), settings.connections());
    this.vendors = vendors;
  }

  @Override
  protected Executor newExecutor(Endpoint endpoint) {
    return Runnable::run;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    Endpoint endpoint = super.createEndpoint(uri, remaining, parameters);
    HttpEndpoint client = (HttpEndpoint) ((DelegateEndpoint) endpoint).getEndpoint();
    client.setHttpClient(new StubHttpClient(vendors));
    return endpoint;
  }
}
