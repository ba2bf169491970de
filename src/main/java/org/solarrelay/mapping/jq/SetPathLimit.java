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

/** {@code setpath} with a limit on indexes, because it fills an array up to the index. */
final class SetPathLimit implements Function {

  private final Function function;

  SetPathLimit(Function function) {
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
    args.get(0).apply(scope, in, keys -> keys.forEach(budget::checkIndex));
    function.apply(
        scope,
        args,
        in,
        path,
        (value, valuePath) -> {
          budget.check(value);
          output.emit(value, valuePath);
        },
        version);
  }
}
