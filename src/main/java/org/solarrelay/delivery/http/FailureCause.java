package org.solarrelay.delivery.http;

import org.apache.camel.ExpressionEvaluationException;
import org.apache.camel.language.bean.RuntimeBeanExpressionException;

/**
 * Finds the exception that a bean threw. Camel wraps it where an expression calls the bean, such as
 * {@code setVariable} with a {@code method}. A step {@code bean} throws it unwrapped.
 */
public final class FailureCause {

  private FailureCause() {}

  /** Removes Camel's wrappers from an exception. */
  public static Throwable of(Throwable thrown) {
    Throwable failure = thrown;
    while (isWrapper(failure) && failure.getCause() != null) {
      failure = failure.getCause();
    }
    return failure;
  }

  private static boolean isWrapper(Throwable thrown) {
    return thrown instanceof RuntimeBeanExpressionException
        || thrown instanceof ExpressionEvaluationException;
  }
}
