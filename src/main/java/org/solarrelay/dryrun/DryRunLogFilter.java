package org.solarrelay.dryrun;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Removes the log lines of specs that run within the relay, because they are about the messages and
 * settings of specs. The failures are in the result of the run.
 */
@LoggingFilter(name = "dry-run")
public final class DryRunLogFilter implements Filter {

  /** The prefix of the names of threads that run specs. */
  static final String THREADS = "route-specs";

  /** The prefix of the threads of unnamed Camel contexts; the program's context is solar-relay. */
  private static final String UNNAMED = "Camel (camel-";

  @Override
  public boolean isLoggable(LogRecord record) {
    String thread = Thread.currentThread().getName();
    return !thread.startsWith(THREADS) && !thread.startsWith(UNNAMED);
  }
}
