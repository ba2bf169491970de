package org.solarrelay.mapping.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.OnigUtils;
import net.thisptr.jackson.jq.path.Path;
import org.joni.Matcher;
import org.joni.Option;
import org.joni.exception.TimeoutException;

/**
 * A function of jackson-jq whose first argument is a regular expression. The search first runs
 * here, with a time limit, because jackson-jq has none: a search that ends here ends in jackson-jq
 * as well.
 */
final class RegexLimit implements Function {

  private final Function function;
  private final int flagsArgument;

  RegexLimit(Function function, int flagsArgument) {
    this.function = function;
    this.flagsArgument = flagsArgument;
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
    if (in.isTextual()) {
      args.get(0)
          .apply(
              scope,
              in,
              regex -> args.get(flagsArgument).apply(scope, in, flags -> search(in, regex, flags)));
    }
    function.apply(scope, args, in, path, output, version);
  }

  private static void search(JsonNode in, JsonNode regex, JsonNode flags)
      throws JsonQueryException {
    // jackson-jq rejects any other type with its own message
    if (regex.isTextual() && (flags.isTextual() || flags.isNull())) {
      byte[] text = in.textValue().getBytes(StandardCharsets.UTF_8);
      // null without flags, as in jackson-jq
      search(new OnigUtils.Pattern(regex.textValue(), flags.textValue()), text);
    }
  }

  private static void search(OnigUtils.Pattern pattern, byte[] text) {
    JqBudget budget = JqBudget.current();
    int from = 0;
    do {
      budget.spend();
      long start = System.nanoTime();
      Matcher matcher = pattern.regex.matcher(text, 0, text.length, budget.regexNanos());
      try {
        if (matcher.searchInterruptible(from, text.length, Option.NONE) < 0) {
          return;
        }
      } catch (TimeoutException e) {
        throw JqBudget.regexTooLong();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new JqLimitException("was interrupted");
      }
      budget.spendOnRegex(System.nanoTime() - start);
      from = matcher.getEnd() == from ? from + 1 : matcher.getEnd();
    } while (pattern.global && from < text.length);
  }
}
