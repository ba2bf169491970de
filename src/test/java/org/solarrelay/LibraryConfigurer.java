package org.solarrelay;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Speeds up the test libraries. {@code await()} polls at once and then after 5, 7, 11 …
 * milliseconds, at most every 100; by default it polls after 100 for the first time. REST Assured
 * does not format bodies for its failure log. A {@code @QuarkusTest} has its own class loader, so
 * the libraries are configured there too.
 */
public class LibraryConfigurer implements TestExecutionListener, QuarkusTestBeforeEachCallback {

  private static final Duration FIRST = Duration.ofMillis(5);
  private static final Duration MAX = Duration.ofMillis(100);

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    configureAwaitility();
  }

  @Override
  public void beforeEach(QuarkusTestMethodContext test) {
    configureAwaitility();
    var config = RestAssured.config();
    RestAssured.config = config.logConfig(config.getLogConfig().enablePrettyPrinting(false));
  }

  private static void configureAwaitility() {
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(
        IterativePollInterval.iterative(LibraryConfigurer::nextInterval, FIRST));
  }

  private static Duration nextInterval(Duration before) {
    Duration nextInterval = before.multipliedBy(3).dividedBy(2);
    return nextInterval.compareTo(MAX) > 0 ? MAX : nextInterval;
  }
}
