package org.solarrelay.routes;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExpressionEvaluationException;
import org.apache.camel.NamedNode;
import org.apache.camel.language.bean.RuntimeBeanExpressionException;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.WhenDefinition;
import org.solarrelay.mapping.jq.JqLimitException;

/**
 * The step of a route in which an exchange failed: its kind, place and expression. It holds no part
 * of the exchange's body, so it may be logged.
 *
 * @param step such as {@code filter}
 * @param file such as {@code fan-out.camel.yaml}; empty if unknown
 * @param line from 1
 * @param expression as written in the file; empty if the step has none
 */
public record FailedStep(String step, String file, int line, String expression) {

  private static final String PROPERTY = "relayFailedStep";
  private static final int MAX_EXPRESSION_LENGTH = 200;
  private static final int MAX_CAUSES = 20;

  private record RecordedFailure(Throwable failure, FailedStep step, String route) {}

  /**
   * Records the step in which an exchange has failed, unless a nested step has recorded the
   * failure.
   */
  static void recordFailure(Exchange exchange, NamedNode node) {
    Throwable failure = exchange.getException();
    if (failure == null) {
      return;
    }
    String route = String.valueOf(ProcessorDefinitionHelper.getRouteId(node));
    Optional<RecordedFailure> known = recorded(exchange, failure);
    if (known.isEmpty()) {
      exchange.setProperty(PROPERTY, new RecordedFailure(failure, of(node, failure), route));
    } else if (!route.equals(exchange.getFromRouteId())) {
      exchange.setProperty(PROPERTY, new RecordedFailure(failure, known.get().step, route));
    }
  }

  private static Optional<RecordedFailure> recorded(Exchange exchange, Throwable failure) {
    return exchange.getProperty(PROPERTY) instanceof RecordedFailure recorded
            && recorded.failure == failure
        ? Optional.of(recorded)
        : Optional.empty();
  }

  /** The step in which the exchange failed; empty if it did not fail, or failed outside a step. */
  public static Optional<FailedStep> of(Exchange exchange) {
    return of(exchange, exchange.getException());
  }

  /** The failed step for a failure that an error handler has removed from the exchange. */
  public static Optional<FailedStep> of(Exchange exchange, Throwable failure) {
    return recorded(exchange, failure).map(RecordedFailure::step);
  }

  /**
   * The name of the failed route: the route that the exchange's first route called, or the first
   * route itself if it called none. Empty if {@link #of} is empty.
   */
  public static Optional<String> calledRoute(Exchange exchange, Throwable failure) {
    return recorded(exchange, failure).map(it -> RouteIds.plain(it.route));
  }

  /** Such as {@code step filter (fan-out.camel.yaml:12), expression ${body.data[a]}}. */
  public String text() {
    String place = file.isEmpty() ? "" : " (%s:%d)".formatted(file, line);
    String of = expression.isEmpty() ? "" : ", expression " + expression;
    return "step " + step + place + of;
  }

  /**
   * The kind of a failure in words, without its message, which may quote personal data. The message
   * of a jq limit is included, because it quotes nothing.
   */
  public static String kind(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < MAX_CAUSES && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    if (cause instanceof JqLimitException) {
      return cause.getMessage();
    }
    return cause
        .getClass()
        .getSimpleName()
        .replaceAll("(Exception|Error)$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(java.util.Locale.ROOT);
  }

  private static FailedStep of(NamedNode node, Throwable failure) {
    NamedNode at = node instanceof ChoiceDefinition choice ? clause(choice, failure) : node;
    return new FailedStep(
        node.getShortName() + (at == node ? bean(node) : " " + at.getShortName()),
        file(at),
        // Camel reports the line before a clause
        at instanceof WhenDefinition ? at.getLineNumber() + 1 : at.getLineNumber(),
        expression(at));
  }

  private static String bean(NamedNode node) {
    return node instanceof BeanDefinition bean && bean.getRef() != null
        ? " %s.%s".formatted(bean.getRef(), bean.getMethod())
        : "";
  }

  /** The clause of a choice with the failed expression; the choice if the failure does not say. */
  private static NamedNode clause(ChoiceDefinition choice, Throwable failure) {
    List<String> texts =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
            .limit(MAX_CAUSES)
            .map(FailedStep::expressionOf)
            .filter(text -> !text.isBlank())
            .toList();
    return choice.getWhenClauses().stream()
        .filter(when -> texts.stream().anyMatch(expression(when)::contains))
        .map(NamedNode.class::cast)
        .findFirst()
        .orElse(choice);
  }

  private static String expressionOf(Throwable failure) {
    if (failure instanceof RuntimeBeanExpressionException bean) {
      return Objects.toString(bean.getMethod(), "");
    }
    return failure instanceof ExpressionEvaluationException evaluation
        ? Objects.toString(evaluation.getExpression(), "")
        : "";
  }

  private static String expression(NamedNode node) {
    if (!(node instanceof HasExpressionType typed)) {
      return "";
    }
    String text =
        typed.getExpressionType() == null
            ? ""
            : Objects.toString(typed.getExpressionType().getExpression(), "").strip();
    return text.length() <= MAX_EXPRESSION_LENGTH
        ? text
        : text.substring(0, MAX_EXPRESSION_LENGTH) + "…";
  }

  private static String file(NamedNode node) {
    String location = Objects.toString(node.getLocation(), "");
    return location.substring(location.lastIndexOf(':') + 1);
  }
}
