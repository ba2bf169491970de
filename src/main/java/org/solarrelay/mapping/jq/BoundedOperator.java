package org.solarrelay.mapping.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;

/** An operator such as {@code +} and {@code *}, with a limit on the size of its values. */
final class BoundedOperator implements BinaryOperator {

  private final BinaryOperator operator;

  BoundedOperator(BinaryOperator operator) {
    this.operator = operator;
  }

  @Override
  public JsonNode apply(ObjectMapper mapper, JsonNode left, JsonNode right)
      throws JsonQueryException {
    JqBudget budget = JqBudget.current();
    if (left.isTextual() && right.isNumber()) {
      budget.checkSize((long) (left.textValue().length() * right.asDouble()));
    } else if (left.isNumber() && right.isTextual()) {
      budget.checkSize((long) (right.textValue().length() * left.asDouble()));
    }
    JsonNode value = operator.apply(mapper, left, right);
    if (value.isTextual() || value.isContainerNode()) {
      budget.check(value);
    }
    return value;
  }

  @Override
  public String image() {
    return operator.image();
  }
}
