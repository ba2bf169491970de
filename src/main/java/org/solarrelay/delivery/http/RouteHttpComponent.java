package org.solarrelay.delivery.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Registry;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.solarrelay.routes.lint.HttpCallOptions;

/**
 * {@code http:} and {@code https:} for the routes and kamelets of engineers: Camel's component with
 * fixed rules for every call. An endpoint cannot change them.
 *
 * <ul>
 *   <li>Each endpoint has time-outs, and as many connections as calls may be in flight.
 *   <li>The client follows no redirect, stores no cookie and does not retry.
 *   <li>Responses are limited in size; a long one needs a permit.
 *   <li>No header of the message can change the endpoint's host.
 *   <li>Only headers that the route has set are sent.
 *   <li>A call does not block the caller's thread: {@link RouteHttpProducer}.
 * </ul>
 */
@Component("http,https")
public class RouteHttpComponent extends HttpComponent {

  /**
   * Below the usual 60 s of gateways; otherwise a gateway may close a connection at the moment of
   * its reuse.
   */
  private static final TimeValue KEEP_ALIVE = TimeValue.ofSeconds(20);

  /** The queue needs no limit, because callers limit their calls in flight. */
  private static final int UNBOUNDED = Integer.MAX_VALUE;

  private static final long IDLE_SECONDS = 30;

  private static final int LONGEST_HEADER = 1 << 14;
  private static final int MOST_HEADERS = 200;

  private final Duration connectWait;
  private final Duration responseWait;
  private final int connections;
  private final ResponsePermits permits;

  /**
   * @param connectTimeout time-out of a new connection
   * @param responseTimeout longest silence during a call, and longest wait for a free connection
   * @param connections connections of each endpoint
   */
  protected RouteHttpComponent(Duration connectTimeout, Duration responseTimeout, int connections) {
    this(connectTimeout, responseTimeout, connections, ResponsePermits.ofHeap(() -> {}));
  }

  RouteHttpComponent(
      Duration connectTimeout, Duration responseTimeout, int connections, ResponsePermits permits) {
    this.connectWait = connectTimeout;
    this.responseWait = responseTimeout;
    this.connections = connections;
    this.permits = permits;
    setConnectTimeout(connectTimeout.toMillis());
    setConnectionRequestTimeout(responseTimeout.toMillis());
    setResponseTimeout(responseTimeout.toMillis());
    setSoTimeout(responseTimeout.toMillis());
    setMaxTotalConnections(connections);
    setConnectionsPerRoute(connections);
    setFollowRedirects(false);
    setRedirectHandlingDisabled(true);
    setAutomaticRetriesDisabled(true);
    setCookieManagementDisabled(true);
    // the client would not release the connection at the end of a compressed body
    setContentCompressionDisabled(true);
    setAuthCachingDisabled(true);
    setUserAgent("SolarRelay");
    setHeaderFilterStrategy(new RouteHeaderFilter());
    setHttpClientConfigurer(this::configure);
  }

  private void configure(HttpClientBuilder client) {
    client.setKeepAliveStrategy((response, context) -> KEEP_ALIVE);
    client.addExecInterceptorFirst("bounded-body", this::limitBody);
  }

  private ClassicHttpResponse limitBody(
      ClassicHttpRequest request, ExecChain.Scope call, ExecChain next)
      throws IOException, HttpException {
    RouteHttpProducer.begin(request);
    ClassicHttpResponse response = next.proceed(request, call);
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return response;
    }
    boolean success = response.getCode() / 100 == 2;
    response.setEntity(
        BoundedBody.of(
            entity,
            success
                ? BoundedBody.Limit.failingAt(BoundedBodyCodec.LONGEST)
                : BoundedBody.Limit.endingAt(VendorResponse.LONGEST_TEXT),
            permits,
            responseWait,
            call.execRuntime));
    return response;
  }

  /** Creates as many threads as connections; idle threads end. */
  protected Executor newExecutor(Endpoint endpoint) {
    ThreadPoolProfile profile =
        new ThreadPoolProfileBuilder("http-calls")
            .poolSize(connections)
            .maxPoolSize(connections)
            .maxQueueSize(UNBOUNDED)
            .keepAliveTime(IDLE_SECONDS)
            .allowCoreThreadTimeOut(true)
            .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
            .build();
    return getCamelContext()
        .getExecutorServiceManager()
        .newThreadPool(endpoint, "HttpCall", profile);
  }

  Duration connectWait() {
    return connectWait;
  }

  Duration responseWait() {
    return responseWait;
  }

  @Override
  protected HttpClientConnectionManager createConnectionManager(
      Registry<ConnectionSocketFactory> sockets,
      int maxTotalConnections,
      int connectionsPerRoute,
      SocketConfig socketConfig) {
    Http1Config bounds =
        Http1Config.custom()
            .setMaxLineLength(LONGEST_HEADER)
            .setMaxHeaderCount(MOST_HEADERS)
            .build();
    PoolingHttpClientConnectionManager manager =
        new PoolingHttpClientConnectionManager(
            sockets,
            PoolConcurrencyPolicy.STRICT,
            PoolReusePolicy.LIFO,
            TimeValue.NEG_ONE_MILLISECOND,
            ManagedHttpClientConnectionFactory.builder().http1Config(bounds).build());
    manager.setMaxTotal(connections);
    manager.setDefaultMaxPerRoute(connections);
    manager.setDefaultSocketConfig(socketConfig);
    // check every pooled connection, because the client does not retry on one that the host has
    // closed
    manager.setDefaultConnectionConfig(
        ConnectionConfig.custom().setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS).build());
    return manager;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    TreeSet<String> fixed = new TreeSet<>(parameters.keySet());
    fixed.removeIf(option -> !HttpCallOptions.isFixed(option));
    if (!fixed.isEmpty()) {
      throw new IllegalArgumentException(
          "An endpoint cannot set %s: all calls share one value"
              .formatted(String.join(", ", fixed)));
    }
    HttpEndpoint client = (HttpEndpoint) super.createEndpoint(uri, remaining, parameters);
    // the producer reads the body, within its limit
    client.setDisableStreamCache(true);
    return new RouteHttpEndpoint(client, this);
  }
}
