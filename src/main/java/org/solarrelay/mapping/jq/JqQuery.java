package org.solarrelay.mapping.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Output;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.FunctionDefinition;
import net.thisptr.jackson.jq.internal.tree.ImportStatement;
import net.thisptr.jackson.jq.internal.tree.VariableAccess;

/** A compiled expression in jq; thread-safe. */
public final class JqQuery {

  private static final Set<String> INPUTS = Set.of("input/0", "inputs/0", "input_filename/0");

  private final Expression expression;
  private final List<JqRefusal> refusals;

  private JqQuery(Expression expression) {
    this.refusals = refusals(expression);
    this.expression = ExpressionTree.bounded(expression);
  }

  /**
   * Compiles an expression.
   *
   * @throws JsonQueryException if the expression is invalid
   */
  public static JqQuery compile(String text) throws JsonQueryException {
    try {
      return new JqQuery(ExpressionParser.compile(text, JqFunctionScope.VERSION));
    } catch (StackOverflowError e) {
      throw new JsonQueryException("it is nested too deep");
    }
  }

  /** Every function that expressions may call, such as {@code phone/1}. */
  public static Set<String> functions() {
    return JqFunctionScope.names();
  }

  /** The names that are forbidden or unknown, in the order of the expression. */
  public List<JqRefusal> refusals() {
    return refusals;
  }

  /**
   * Evaluates the expression; returns all its values.
   *
   * @throws JsonQueryException if the expression fails on this input
   * @throws JqLimitException if the evaluation exceeds a limit
   */
  public List<JsonNode> evaluate(JsonNode input) throws JsonQueryException {
    List<JsonNode> values = new ArrayList<>(1);
    Output output = values::add;
    JqBudget.limit(() -> expression.apply(JqFunctionScope.create(), input, output));
    return values;
  }

  private static List<JqRefusal> refusals(Expression expression) {
    List<Object> parts = new ArrayList<>();
    ExpressionTree.visit(expression, parts::add);
    Set<String> defined = new HashSet<>();
    parts.stream()
        .filter(FunctionDefinition.class::isInstance)
        .flatMap(JqQuery::definitions)
        .forEach(defined::add);
    return parts.stream().flatMap(part -> refusal(part, defined)).distinct().toList();
  }

  /** The names of a function and its parameters. */
  private static Stream<String> definitions(Object definition) {
    List<?> parameters = (List<?>) ExpressionTree.get(definition, "args");
    String name = ExpressionTree.get(definition, "fname") + "/" + parameters.size();
    return Stream.concat(
        Stream.of(name), parameters.stream().map(it -> String.valueOf(it).replace("$", "") + "/0"));
  }

  private static Stream<JqRefusal> refusal(Object part, Set<String> defined) {
    if (part instanceof ImportStatement) {
      return Stream.of(new JqRefusal(JqRefusal.Kind.FILE, "import"));
    }
    if (part instanceof VariableAccess) {
      return "ENV".equals(ExpressionTree.get(part, "name"))
          ? Stream.of(new JqRefusal(JqRefusal.Kind.ENVIRONMENT, "$ENV"))
          : Stream.empty();
    }
    if (!(part instanceof FunctionCall)) {
      return Stream.empty();
    }
    int arguments = ((List<?>) ExpressionTree.get(part, "args")).size();
    String name = ExpressionTree.get(part, "name") + "/" + arguments;
    if (defined.contains(name) || JqFunctionScope.names().contains(name)) {
      return Stream.empty();
    }
    if (name.equals("env/0")) {
      return Stream.of(new JqRefusal(JqRefusal.Kind.ENVIRONMENT, "env"));
    }
    return Stream.of(
        INPUTS.contains(name)
            ? new JqRefusal(JqRefusal.Kind.INPUT, name.replace("/0", ""))
            : new JqRefusal(JqRefusal.Kind.UNKNOWN, name));
  }
}
