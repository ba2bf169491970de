package org.solarrelay.delivery.http;

import org.apache.camel.ExpressionEvaluationException;
import org.apache.camel.language.bean.RuntimeBeanExpressionException;

/**
 * The exception that a bean threw. Camel wraps it where an expression calls the bean, such as
 * {@code setVariable} with a {@code method}, and leaves it as it is in a step {@code bean}.
 */
public final class FailureCause {

  private FailureCause() {}

  /** The exception without Camel's wrappers around it. */
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
