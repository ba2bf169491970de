package org.solarrelay.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import org.solarrelay.config.RelayConfig;

/**
 * The bytes of all webhook bodies that the relay holds, from their arrival to the response. Bodies
 * of senders that have not proven who they are get a quarter of them at most.
 */
@Singleton
class BodyMemory {

  private static final int SHARE_OF_HEAP = 8;
  private static final int SHARE_OF_UNPROVEN = 4;

  private final long limit;
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong unproven = new AtomicLong();

  @Inject
  BodyMemory(RelayConfig config, MeterRegistry registry) {
    this(limit(config.intake(), Runtime.getRuntime().maxMemory()));
    Gauge.builder("relay_webhook_body_bytes", held, AtomicLong::get)
        .description("Webhook bodies in memory, from their arrival to the response")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("relay_webhook_body_limit_bytes", () -> limit)
        .description("The most of them; above it senders get 503")
        .baseUnit("bytes")
        .register(registry);
  }

  BodyMemory(long limit) {
    this.limit = limit;
  }

  static long limit(RelayConfig.Intake intake, long heap) {
    long least = SHARE_OF_UNPROVEN * intake.maxBody().asLongValue();
    long limit =
        intake
            .bodyMemory()
            .map(configured -> configured.asLongValue())
            .orElse(Math.max(least, heap / SHARE_OF_HEAP));
    if (limit < least) {
      throw new IllegalArgumentException(
          "RELAY_BODY_MEMORY must hold four bodies of RELAY_MAX_BODY: at least %d bytes"
              .formatted(least));
    }
    return limit;
  }

  /** False where there is no room. */
  boolean reserve(int bytes, boolean proven) {
    if (!reserve(held, bytes, limit)) {
      return false;
    }
    if (proven || reserve(unproven, bytes, limit / SHARE_OF_UNPROVEN)) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  void release(int bytes, boolean proven) {
    held.addAndGet(-bytes);
    if (!proven) {
      unproven.addAndGet(-bytes);
    }
  }

  /** The bytes held now. */
  long held() {
    return held.get();
  }

  private static boolean reserve(AtomicLong account, int bytes, long limit) {
    if (account.addAndGet(bytes) <= limit) {
      return true;
    }
    account.addAndGet(-bytes);
    return false;
  }
}
