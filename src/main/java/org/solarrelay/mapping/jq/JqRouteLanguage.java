package org.solarrelay.mapping.jq;

import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.support.ExpressionToPredicateAdapter;
import org.apache.camel.support.SingleInputTypedLanguageSupport;
import org.apache.camel.support.builder.ExpressionBuilder;

/** The language {@code jq} of routes; replaces Camel's, which has no limits. */
public final class JqRouteLanguage extends SingleInputTypedLanguageSupport {

  /** The bean's name, which Camel looks up before its own language. */
  public static final String BEAN = "jq";

  @Override
  public Expression createExpression(String expression) {
    return createExpression(ExpressionBuilder.bodyExpression(), expression, new Object[0]);
  }

  @Override
  public Predicate createPredicate(String expression) {
    return ExpressionToPredicateAdapter.toPredicate(createExpression(expression));
  }

  @Override
  public Expression createExpression(Expression source, String expression, Object[] properties) {
    Expression jq = new JqRouteExpression(expression, source);
    jq.init(getCamelContext());
    return jq;
  }

  @Override
  public Predicate createPredicate(Expression source, String expression, Object[] properties) {
    return ExpressionToPredicateAdapter.toPredicate(
        createExpression(source, expression, properties));
  }
}
