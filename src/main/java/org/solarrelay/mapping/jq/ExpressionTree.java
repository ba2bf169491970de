package org.solarrelay.mapping.jq;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.internal.tree.ArrayConstruction;
import net.thisptr.jackson.jq.internal.tree.ObjectConstruction;
import net.thisptr.jackson.jq.internal.tree.ThisObject;
import net.thisptr.jackson.jq.internal.tree.literal.ValueLiteral;

/**
 * Puts limits into a compiled expression. jackson-jq 1.6 has no limits and no extension point for
 * them: its trees have private fields, and a {@code reduce} over {@code (1,2)|(1,2)|…} calls no
 * function. So every part is wrapped, in place.
 */
final class ExpressionTree {

  private static final String LIBRARY = "net.thisptr.jackson.jq.internal.";
  private static final String ASSIGNMENTS = LIBRARY + "tree.binaryop.assignment.";
  private static final Set<String> INDEXES = Set.of("startExpr", "endExpr");

  interface Visitor {
    void visit(Object node);
  }

  private ExpressionTree() {}

  /** Returns the expression with each of its parts bounded. */
  static Expression bounded(Expression expression) {
    return (Expression) bounded(expression, "");
  }

  /** Bounds the parts of a function that is defined in jq. */
  static void boundParts(Object node) {
    for (Field field : fields(node)) {
      Object value = get(field, node);
      Object bounded = bounded(value, field.getName());
      if (bounded != value) {
        set(field, node, bounded);
      }
    }
  }

  private static Object bounded(Object value, String field) {
    if (value instanceof List<?> list) {
      List<Object> bounded = new ArrayList<>(list.size());
      list.forEach(item -> bounded.add(bounded(item, field)));
      return bounded;
    }
    if (value instanceof BinaryOperator operator) {
      return new BoundedOperator(operator);
    }
    if (!isOfLibrary(value)) {
      return value;
    }
    boundParts(value);
    boolean leaf = value instanceof ThisObject || value instanceof ValueLiteral;
    return value instanceof Expression expression && (!leaf || INDEXES.contains(field))
        ? new BoundedExpression(expression, values(expression, field))
        : value;
  }

  private static BoundedExpression.Values values(Expression expression, String field) {
    if (INDEXES.contains(field)) {
      return BoundedExpression.Values.INDEXES;
    }
    boolean made =
        expression instanceof ArrayConstruction
            || expression instanceof ObjectConstruction
            || expression.getClass().getName().startsWith(ASSIGNMENTS);
    return made ? BoundedExpression.Values.MADE : BoundedExpression.Values.OF_THE_INPUT;
  }

  /** Visits every part of an unbounded expression. */
  static void visit(Object value, Visitor visitor) {
    if (value instanceof List<?> list) {
      list.forEach(item -> visit(item, visitor));
    } else if (isOfLibrary(value)) {
      visitor.visit(value);
      fields(value).forEach(field -> visit(get(field, value), visitor));
    }
  }

  static Object get(Object node, String field) {
    return fields(node).stream()
        .filter(it -> it.getName().equals(field))
        .findFirst()
        .map(it -> get(it, node))
        .orElseThrow();
  }

  private static boolean isOfLibrary(Object value) {
    return value != null
        && !(value instanceof Enum)
        && value.getClass().getName().startsWith(LIBRARY);
  }

  private static List<Field> fields(Object node) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> type = node.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          field.setAccessible(true);
          fields.add(field);
        }
      }
    }
    return fields;
  }

  private static Object get(Field field, Object node) {
    try {
      return field.get(node);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(Field field, Object node, Object value) {
    try {
      field.set(node, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
