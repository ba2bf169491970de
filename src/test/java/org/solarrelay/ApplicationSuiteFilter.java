package org.solarrelay;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Runs each test once where all of them run: those of a {@code @QuarkusTest} in {@link
 * ApplicationSuiteTest}, all others by themselves. Classes that {@code -Dtest} names run by
 * themselves.
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

  /** By name: Quarkus loads its tests, and their annotations, with a class loader of its own. */
  private static boolean needsApplication(Class<?> type) {
    return Arrays.stream(type.getAnnotations())
        .anyMatch(annotation -> annotation.annotationType().getName().equals(QUARKUS_TEST));
  }
}
