package org.solarrelay.console;

import java.time.Duration;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Logs how long each journey of a class takes, and all of them. */
final class JourneyTimer implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  private static final Logger LOG = Logger.getLogger(JourneyTimer.class);

  private long begin;
  private Duration all = Duration.ZERO;

  @Override
  public void beforeEach(ExtensionContext test) {
    begin = System.nanoTime();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    all = all.plus(took);
    LOG.infof(
        "%s %s: %d ms",
        test.getRequiredTestMethod().getName(), test.getDisplayName(), took.toMillis());
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    LOG.infof("All of %s: %d ms", tests.getDisplayName(), all.toMillis());
  }
}
