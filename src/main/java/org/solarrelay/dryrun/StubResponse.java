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
 * What a simulated vendor says to the calls that fit: a line of an answers file, or of a spec.
 *
 * @param method null fits any
 * @param query parameters that the call must have
 * @param body null for none; a text is sent as it is, anything else as JSON in which {@code {name}}
 *     stands for that part of the path or parameter of the query, {@code {body.name}} for that
 *     field of what was sent
 * @param fault null, or {@code timeout} or {@code cut}: no answer comes
 * @param from where it stands, for messages
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

  /** The same, where the path is {@code {{a.setting}}}, with the path of the URL it is set to. */
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

  boolean fits(OutgoingRequest call) {
    return (method == null || method.equals(call.method()))
        && path.fits(call.path())
        && call.query().entrySet().containsAll(query.entrySet());
  }

  /** The body for a call that fits, as text; null for none. */
  String bodyFor(OutgoingRequest call) {
    if (body == null) {
      return null;
    }
    Map<String, String> parts = new TreeMap<>(call.query());
    parts.putAll(path.parts(call.path()));
    CallExpectation.body(call)
        .properties()
        .forEach(field -> parts.put("body." + field.getKey(), field.getValue().asText()));
    return body.isTextual() ? filled(body.textValue(), parts) : filled(body, parts).toString();
  }

  private static JsonNode filled(JsonNode node, Map<String, String> parts) {
    if (node instanceof ObjectNode object) {
      ObjectNode filled = JSON.objectNode();
      object.properties().forEach(it -> filled.set(it.getKey(), filled(it.getValue(), parts)));
      return filled;
    }
    if (node.isArray()) {
      ArrayNode filled = JSON.arrayNode();
      node.forEach(it -> filled.add(filled(it, parts)));
      return filled;
    }
    return node.isTextual() ? scalar(node.textValue(), parts) : node;
  }

  /** What is nothing but a placeholder becomes a number where its value is one. */
  private static JsonNode scalar(String text, Map<String, String> parts) {
    String filled = filled(text, parts);
    boolean number = !filled.equals(text) && filled.matches("[1-9]\\d{0,17}");
    return number ? JSON.numberNode(Long.parseLong(filled)) : JSON.textNode(filled);
  }

  private static String filled(String text, Map<String, String> parts) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(it -> Matcher.quoteReplacement(parts.getOrDefault(it.group(1), it.group())));
  }

  static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(it -> texts.put(it.getKey(), it.getValue().asText()));
    return texts;
  }
}
