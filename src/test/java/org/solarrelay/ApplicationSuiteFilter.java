package org.solarrelay;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Runs every {@code @QuarkusTest} within {@link ApplicationSuiteTest} when all tests run, so that
 * none runs twice. Classes that {@code -Dtest} names run alone.
 */
public final class ApplicationSuiteFilter implements PostDiscoveryFilter {

  private static final String QUARKUS_TEST = QuarkusTest.class.getName();

  private static final boolean ALL_RUN =
      "suite".equals(System.getProperty("test.application")) && System.getProperty("test") == null;

  @Override
  public FilterResult apply(TestDescriptor test) {
    if (!ALL_RUN || !(test.getSource().orElse(null) instanceof MethodSource source)) {
      return FilterResult.included("this is no test of one of them");
    }
    boolean inSuite =
        test.getUniqueId().getEngineId().filter("junit-platform-suite"::equals).isPresent();
    return FilterResult.includedIf(inSuite == needsApplication(source.getJavaClass()));
  }

  /** Compares names, because Quarkus loads tests and annotations with its own class loader. */
  private static boolean needsApplication(Class<?> type) {
    return Arrays.stream(type.getAnnotations())
        .anyMatch(annotation -> annotation.annotationType().getName().equals(QUARKUS_TEST));
  }
}
