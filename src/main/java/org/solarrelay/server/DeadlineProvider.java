package org.solarrelay.server;

import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.spi.VertxServiceProvider;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/** Gives Vert.x the {@link DeadlineTransport}; found as a service. */
public final class DeadlineProvider implements VertxServiceProvider {

  private static final Duration USUAL = Duration.ofSeconds(30);

  @Override
  public void init(VertxBuilder vertx) {
    Duration deadline =
        ConfigProvider.getConfig()
            .getOptionalValue("relay.server.request-deadline", Duration.class)
            .orElse(USUAL);
    if (!deadline.isZero()) {
      vertx.findTransport(new DeadlineTransport(vertx.findTransport(), deadline));
    }
  }
}
