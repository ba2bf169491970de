package org.solarrelay.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import org.solarrelay.config.RelayConfig;

/**
 * Limits the memory of all webhook bodies, from their arrival to the response. Bodies of senders
 * that are not authenticated yet may take a quarter of the limit.
 */
@Singleton
class BodyMemory {

  private static final int HEAP_SHARE = 8;
  private static final int UNAUTHENTICATED_SHARE = 4;

  private final long limit;
  private final AtomicLong reserved = new AtomicLong();
  private final AtomicLong unauthenticated = new AtomicLong();

  @Inject
  BodyMemory(RelayConfig config, MeterRegistry registry) {
    this(limit(config.intake(), Runtime.getRuntime().maxMemory()));
    Gauge.builder("relay_webhook_body_bytes", reserved, AtomicLong::get)
        .description("Webhook bodies in memory, from their arrival to the response")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("relay_webhook_body_limit_bytes", () -> limit)
        .description("The limit of relay_webhook_body_bytes; above it senders get 503")
        .baseUnit("bytes")
        .register(registry);
  }

  BodyMemory(long limit) {
    this.limit = limit;
  }

  static long limit(RelayConfig.Intake intake, long heap) {
    long minimum = UNAUTHENTICATED_SHARE * intake.maxBody().asLongValue();
    long limit =
        intake
            .bodyMemory()
            .map(configured -> configured.asLongValue())
            .orElse(Math.max(minimum, heap / HEAP_SHARE));
    if (limit < minimum) {
      throw new IllegalArgumentException(
          "RELAY_BODY_MEMORY must hold four bodies of RELAY_MAX_BODY: at least %d bytes"
              .formatted(minimum));
    }
    return limit;
  }

  /**
   * @return false if the limit leaves no room for so many bytes
   */
  boolean reserve(int bytes, boolean authenticated) {
    if (!reserve(reserved, bytes, limit)) {
      return false;
    }
    if (authenticated || reserve(unauthenticated, bytes, limit / UNAUTHENTICATED_SHARE)) {
      return true;
    }
    reserved.addAndGet(-bytes);
    return false;
  }

  void release(int bytes, boolean authenticated) {
    reserved.addAndGet(-bytes);
    if (!authenticated) {
      unauthenticated.addAndGet(-bytes);
    }
  }

  /** The number of bytes reserved now. */
  long reserved() {
    return reserved.get();
  }

  private static boolean reserve(AtomicLong account, int bytes, long limit) {
    if (account.addAndGet(bytes) <= limit) {
      return true;
    }
    account.addAndGet(-bytes);
    return false;
  }
}
