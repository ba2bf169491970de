package org.solarrelay;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.jboss.logging.Logger;
import org.solarrelay.topic.Consumers;

/**
 * Starts the stages behind intake once the routes run, and stops them before the routes do. Kafka
 * and PostgreSQL may come up in any order and any time later: each stage waits for what it needs.
 */
@Singleton
class Stages {

  private static final Logger LOG = Logger.getLogger(Stages.class);
  private static final long RETRY_SECONDS = 1;

  private interface Start {
    void run() throws Exception;
  }

  private final Consumers consumers;
  private volatile boolean stopping;
  private Thread end;

  Stages(Consumers consumers) {
    this.consumers = consumers;
  }

  void start(@Observes CamelContextStartedEvent started) {
    startWhenPossible("Kafka", consumers::start);
  }

  /** They end while intake goes on for those who do not know yet that this pod leaves. */
  void leave(@Observes ShutdownDelayInitiatedEvent leaving) {
    end();
  }

  void stop(@Observes CamelContextStoppingEvent stopped) throws InterruptedException {
    end().join();
  }

  private synchronized Thread end() {
    if (end == null) {
      stopping = true;
      end = new Thread(this::stopAll, "stop-stages");
      end.start();
    }
    return end;
  }

  private void stopAll() {
    try {
      // all are told before anybody is waited for: what each waits for passes for all at once
      consumers.stop();
      consumers.awaitStopped();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void startWhenPossible(String needed, Start start) {
    new Thread(() -> retryUntilStarted(needed, start), "start-" + needed).start();
  }

  private void retryUntilStarted(String needed, Start start) {
    boolean told = false;
    while (!stopping) {
      try {
        start.run();
        return;
      } catch (InterruptedException e) {
        return;
      } catch (Exception e) {
        if (!told) {
          LOG.warnf("Waiting for %s: %s", needed, e.getMessage());
        }
        told = true;
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(RETRY_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
