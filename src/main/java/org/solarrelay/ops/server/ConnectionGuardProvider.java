package org.solarrelay.ops.server;

import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.spi.VertxServiceProvider;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Provides Vert.x with the {@link GuardedTransport}; loaded by {@code ServiceLoader}. */
public final class ConnectionGuardProvider implements VertxServiceProvider {

  private static final String HEADER_LIMIT = "quarkus.http.limits.max-header-size";
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);

  @Override
  public void init(VertxBuilder vertx) {
    Config config = ConfigProvider.getConfig();
    // other programs with this class on their class path, such as those of bench/, set no limit
    Optional<HttpServerOptions> headerLimit =
        config
            .getOptionalValue(HEADER_LIMIT, String.class)
            .map(new MemorySizeConverter()::convert)
            .map(size -> new HttpServerOptions().setMaxHeaderSize((int) size.asLongValue()));
    Duration deadline =
        config
            .getOptionalValue("relay.server.request-deadline", Duration.class)
            .orElse(DEFAULT_DEADLINE);
    if (headerLimit.isPresent() || !deadline.isZero()) {
      vertx.findTransport(
          new GuardedTransport(
              vertx.findTransport(), deadline, headerLimit, SecurityHeaders.configuredIn(config)));
    }
  }
}
