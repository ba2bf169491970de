package org.solarrelay.mapping.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.ExpressionEvaluationException;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.language.jq.JqFunctions;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.MessageHelper;

/**
 * An expression in jq that a route evaluates: no value and jq's null are null, several values are a
 * list.
 */
final class JqRouteExpression extends ExpressionAdapter {

  private final String text;
  private final JqQuery query;
  private final Expression source;

  JqRouteExpression(String text, Expression source) {
    this.text = text;
    this.source = source;
    try {
      this.query = JqQuery.compile(text);
    } catch (JsonQueryException e) {
      throw new ExpressionIllegalSyntaxException(text, e);
    }
    query.refusals().stream()
        .findFirst()
        .ifPresent(
            refusal -> {
              throw new ExpressionIllegalSyntaxException(
                  text, new IllegalArgumentException(refusal.problem()));
            });
  }

  @Override
  public void init(CamelContext camel) {
    super.init(camel);
    source.init(camel);
  }

  /** A condition is true if one of its values is true. */
  @Override
  public boolean matches(Exchange exchange) {
    return values(exchange).contains(BooleanNode.TRUE);
  }

  @Override
  public Object evaluate(Exchange exchange) {
    List<JsonNode> values = values(exchange);
    if (values.isEmpty() || values.size() == 1 && values.get(0).isNull()) {
      return null;
    }
    return values.size() == 1 ? values.get(0) : values;
  }

  private List<JsonNode> values(Exchange exchange) {
    JsonNode input = input(exchange);
    JqFunctions.EXCHANGE_LOCAL.set(exchange);
    try {
      return query.evaluate(input);
    } catch (JsonQueryException | JqLimitException e) {
      throw new ExpressionEvaluationException(this, exchange, e);
    } finally {
      JqFunctions.EXCHANGE_LOCAL.remove();
    }
  }

  private JsonNode input(Exchange exchange) {
    JsonNode input = source.evaluate(exchange, JsonNode.class);
    if (input != null) {
      // the next expression reads a stream again
      MessageHelper.resetStreamCache(exchange.getMessage());
      return input;
    }
    if (source.evaluate(exchange, Object.class) == null) {
      return NullNode.getInstance();
    }
    throw new ExpressionEvaluationException(
        this, exchange, new InvalidPayloadException(exchange, JsonNode.class));
  }

  @Override
  public String toString() {
    return text;
  }
}
