package org.solarrelay.mapping.jq;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/** A part of an expression whose evaluations count as steps. */
final class BoundedExpression implements Expression {

  /** Charges the values of the expression to the budget. */
  enum Values {
    OF_THE_INPUT,
    MADE,
    INDEXES
  }

  private final Expression expression;
  private final Values values;

  BoundedExpression(Expression expression, Values values) {
    this.expression = expression;
    this.values = values;
  }

  @Override
  public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
      throws JsonQueryException {
    JqBudget budget = JqBudget.current();
    budget.enter();
    try {
      expression.apply(scope, in, path, checked(budget, output), requirePath);
    } finally {
      budget.leave();
    }
  }

  private PathOutput checked(JqBudget budget, PathOutput output) {
    return switch (values) {
      case OF_THE_INPUT -> output;
      case MADE ->
          (value, path) -> {
            budget.check(value);
            output.emit(value, path);
          };
      case INDEXES ->
          (value, path) -> {
            budget.checkIndex(value);
            output.emit(value, path);
          };
    };
  }

  @Override
  public String toString() {
    return expression.toString();
  }
}
