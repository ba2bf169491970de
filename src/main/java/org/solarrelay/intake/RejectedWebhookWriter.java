package org.solarrelay.intake;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.jboss.logging.Logger;

/**
 * Stores rejected webhooks in the background, every two seconds. While the database is away they
 * wait in the buffer.
 */
@Singleton
class RejectedWebhookWriter implements Runnable {

  private static final Logger LOG = Logger.getLogger(RejectedWebhookWriter.class);
  private static final long EVERY_SECONDS = 2;

  private final RejectedWebhookBuffer buffer;
  private final RejectedWebhookRepository repository;
  private final CountDownLatch stopping = new CountDownLatch(1);

  RejectedWebhookWriter(RejectedWebhookBuffer buffer, RejectedWebhookRepository repository) {
    this.buffer = buffer;
    this.repository = repository;
  }

  void start(@Observes CamelContextStartedEvent started) {
    Thread thread = new Thread(this, "rejected-webhooks");
    thread.setDaemon(true);
    thread.start();
  }

  void stop(@Observes CamelContextStoppingEvent leaving) {
    stopping.countDown();
  }

  @Override
  public void run() {
    try {
      boolean stops;
      do {
        stops = stopping.await(EVERY_SECONDS, TimeUnit.SECONDS);
        write();
      } while (!stops);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void write() {
    List<RejectedWebhook> webhooks = buffer.drain();
    if (webhooks.isEmpty()) {
      return;
    }
    try {
      repository.store(webhooks);
    } catch (SQLException | RuntimeException e) {
      LOG.debug("Rejected webhooks are stored later", e);
      buffer.putBack(webhooks);
    }
  }
}
