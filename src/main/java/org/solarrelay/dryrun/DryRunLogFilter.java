package org.solarrelay.dryrun;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps the lines of specs that run within the program out of its log: they are about messages and
 * settings of specs. What fails is in the result of the run.
 */
@LoggingFilter(name = "dry-run")
public final class DryRunLogFilter implements Filter {

  /** What the names of threads that run specs begin with. */
  static final String THREADS = "route-specs";

  /** Threads of Camel contexts without a name; the program's is called solar-relay. */
  private static final String UNNAMED = "Camel (camel-";

  @Override
  public boolean isLoggable(LogRecord record) {
    String thread = Thread.currentThread().getName();
    return !thread.startsWith(THREADS) && !thread.startsWith(UNNAMED);
  }
}
