package org.solarrelay.delivery.http;

import io.vertx.ext.web.client.WebClientOptions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.solarrelay.ops.telemetry.LimitCounter;

/**
 * Configures the HTTP clients for vendors. Kamelets name the beans; Camel finds the components by
 * their schemes.
 */
@Singleton
public class VendorHttp {

  /** A list that no {@link ResponseReader} reads takes at most this fraction of the heap: 1/32. */
  private static final int LISTS_IN_HEAP = 32;

  private final Duration connectTimeout;
  private final Duration responseTimeout;
  private final int connections;
  private final ResponsePermits permits;

  /**
   * @param connectTimeout time-out of a new connection
   * @param responseTimeout longest silence of the vendor, and longest wait for a free connection
   * @param connections connections for each operation of a vendor: as many as calls may be in
   *     flight
   */
  @Inject
  public VendorHttp(
      @ConfigProperty(name = "relay.http.connect-timeout") Duration connectTimeout,
      @ConfigProperty(name = "relay.http.response-timeout") Duration responseTimeout,
      @ConfigProperty(name = "relay.http.connections") int connections,
      LimitCounter limits) {
    this.connectTimeout = connectTimeout;
    this.responseTimeout = responseTimeout;
    this.connections = connections;
    this.permits = ResponsePermits.ofHeap(() -> limits.count(LimitCounter.RESPONSES));
  }

  @Produces
  @Singleton
  @Named("vendorWebClientOptions")
  public WebClientOptions webClientOptions() {
    WebClientOptions options = new WebClientOptions();
    // a redirect would send the key to another host
    options.setFollowRedirects(false);
    options.setUserAgent("SolarRelay");
    options.setMaxPoolSize(connections);
    options.setConnectTimeout((int) connectTimeout.toMillis());
    // below the usual 60 s of gateways; otherwise a gateway may close a connection at the moment of
    // its reuse
    options.setKeepAliveTimeout(20);
    return options;
  }

  /** {@code http:} in routes and kamelets of engineers. */
  @Produces
  @Singleton
  @Named("http")
  public RouteHttpComponent http() {
    return new RouteHttpComponent(connectTimeout, responseTimeout, connections, permits);
  }

  /** {@code https:} in routes and kamelets of engineers. */
  @Produces
  @Singleton
  @Named("https")
  public RouteHttpComponent https() {
    return http();
  }

  @Produces
  @Singleton
  @Named("vendorHttpBinding")
  public VendorHttpBinding binding() {
    return new VendorHttpBinding(responseTimeout, BoundedBodyCodec.LONGEST, false, permits);
  }

  /**
   * For responses that are whole lists, of any length. The exchange's {@link ResponseReader} reads
   * them while they arrive.
   */
  @Produces
  @Singleton
  @Named("vendorListHttpBinding")
  public VendorHttpBinding listBinding() {
    int longest = (int) Math.min(32 << 20, Runtime.getRuntime().maxMemory() / LISTS_IN_HEAP);
    return new VendorHttpBinding(responseTimeout, longest, true, permits);
  }
}
