package org.solarrelay.mapping.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/** A function whose calls and values count as steps: {@code range(1e12)} is one call. */
final class BoundedFunction implements Function {

  private final Function function;

  BoundedFunction(Function function) {
    this.function = function;
  }

  @Override
  public void apply(
      Scope scope,
      List<Expression> args,
      JsonNode in,
      Path path,
      PathOutput output,
      Version version)
      throws JsonQueryException {
    JqBudget budget = JqBudget.current();
    budget.enter();
    try {
      PathOutput counted =
          (value, valuePath) -> {
            budget.spend();
            if (value.isTextual()) {
              budget.checkSize(value.textValue().length());
            }
            output.emit(value, valuePath);
          };
      function.apply(scope, args, in, path, counted, version);
    } finally {
      budget.leave();
    }
  }
}
