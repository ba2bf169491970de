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
 * Makes the test libraries quick. Every {@code await()} looks at once and then after 5, 7, 11 …
 * milliseconds, at most every 100; by default it looks after 100 for the first time. REST Assured
 * formats no body for a log that only failures need. A {@code @QuarkusTest} has classes of its own,
 * so the libraries are configured there, too.
 */
public class LibraryConfigurer implements TestExecutionListener, QuarkusTestBeforeEachCallback {

  private static final Duration FIRST = Duration.ofMillis(5);
  private static final Duration LONGEST = Duration.ofMillis(100);

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
        IterativePollInterval.iterative(LibraryConfigurer::next, FIRST));
  }

  private static Duration next(Duration before) {
    Duration next = before.multipliedBy(3).dividedBy(2);
    return next.compareTo(LONGEST) > 0 ? LONGEST : next;
  }
}
