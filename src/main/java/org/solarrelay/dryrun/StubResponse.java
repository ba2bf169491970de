package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The response to the calls that match: an entry of a file in {@code samples/answers/}, or of a
 * spec.
 *
 * @param method null matches any
 * @param query parameters that the call must have
 * @param body null for none; a text is sent unchanged, other values as JSON in which {@code {name}}
 *     is a segment of the path or a parameter of the query, {@code {body.name}} a field of the
 *     request's body
 * @param fault null, or {@code timeout} or {@code cut}: the vendor does not respond
 * @param from the file and line, for messages
 */
record StubResponse(
    String method,
    PathPattern path,
    Map<String, String> query,
    int status,
    Map<String, String> headers,
    JsonNode body,
    String fault,
    String from) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern SETTING = Pattern.compile("\\{\\{([\\w.-]+)}}");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([\\w.]+)}");

  static StubResponse read(JsonNode node, String from) {
    return new StubResponse(
        node.path("method").asText(null),
        new PathPattern(node.path("path").asText()),
        texts(node.path("query")),
        node.path("status").asInt(200),
        texts(node.path("headers")),
        node.get("body"),
        node.path("fault").asText(null),
        from);
  }

  /** Replaces a path {@code {{a.setting}}} by the path of the URL in that setting. */
  StubResponse as(UnaryOperator<String> setting) {
    Matcher named = SETTING.matcher(path.text());
    if (!named.matches()) {
      return this;
    }
    String url = setting.apply(named.group(1));
    String there = url == null ? "" : URI.create(url).getRawPath();
    PathPattern resolved = new PathPattern(there.isEmpty() ? "/" : there);
    return new StubResponse(method, resolved, query, status, headers, body, fault, from);
  }

  /** Whether no response comes in time. */
  boolean timesOut() {
    return "timeout".equals(fault);
  }

  boolean matches(OutgoingRequest call) {
    return (method == null || method.equals(call.method()))
        && path.matches(call.path())
        && call.query().entrySet().containsAll(query.entrySet());
  }

  /** The body for a call that matches, as text; null for none. */
  String bodyFor(OutgoingRequest call) {
    if (body == null) {
      return null;
    }
    Map<String, String> values = new TreeMap<>(call.query());
    values.putAll(path.variables(call.path()));
    CallExpectation.body(call)
        .properties()
        .forEach(field -> values.put("body." + field.getKey(), field.getValue().asText()));
    return body.isTextual() ? filled(body.textValue(), values) : filled(body, values).toString();
  }

  private static JsonNode filled(JsonNode node, Map<String, String> values) {
    if (node instanceof ObjectNode object) {
      ObjectNode filled = JSON.objectNode();
      object.properties().forEach(it -> filled.set(it.getKey(), filled(it.getValue(), values)));
      return filled;
    }
    if (node.isArray()) {
      ArrayNode filled = JSON.arrayNode();
      node.forEach(it -> filled.add(filled(it, values)));
      return filled;
    }
    return node.isTextual() ? scalar(node.textValue(), values) : node;
  }

  /** A text that is only a placeholder becomes a number if its value is a number. */
  private static JsonNode scalar(String text, Map<String, String> values) {
    String filled = filled(text, values);
    boolean number = !filled.equals(text) && filled.matches("[1-9]\\d{0,17}");
    return number ? JSON.numberNode(Long.parseLong(filled)) : JSON.textNode(filled);
  }

  private static String filled(String text, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(it -> Matcher.quoteReplacement(values.getOrDefault(it.group(1), it.group())));
  }

  static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(it -> texts.put(it.getKey(), it.getValue().asText()));
    return texts;
  }
}
