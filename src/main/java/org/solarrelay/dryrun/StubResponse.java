package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The response to the calls that match: an entry of a file in {@code samples/answers/}, or of a
 * spec.
 *
 * @param body null for none; a text is sent unchanged, other values as JSON in which {@code {name}}
 *     is a segment of the path or a parameter of the query, {@code {body.name}} a field of the
 *     request's body
 * @param from the file and line, for messages
 */
record StubResponse(
    RequestPattern request,
    int status,
    Map<String, String> headers,
    JsonNode body,
    Fault fault,
    String from) {

  /**
   * The calls that match.
   *
   * @param method null matches any
   * @param query parameters that the call must have
   */
  record RequestPattern(String method, PathPattern path, Map<String, String> query) {

    private boolean matches(OutgoingRequest call) {
      return (method == null || method.equals(call.method()))
          && path.matches(call.path())
          && call.query().entrySet().containsAll(query.entrySet());
    }
  }

  /** How a vendor fails to respond. */
  enum Fault {
    /** The vendor responds. */
    NONE,
    /** No response comes in time. */
    TIMEOUT,
    /** The connection is closed. */
    CUT;

    private static Fault of(String text) {
      return text.isEmpty() ? NONE : valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern SETTING = Pattern.compile("\\{\\{([\\w.-]+)}}");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([\\w.]+)}");

  static StubResponse read(JsonNode node, String from) {
    return new StubResponse(
        new RequestPattern(
            node.path("method").textValue(),
            new PathPattern(node.path("path").asText()),
            texts(node.path("query"))),
        node.path("status").asInt(200),
        texts(node.path("headers")),
        node.get("body"),
        Fault.of(node.path("fault").asText()),
        from);
  }

  /** Replaces a path {@code {{a.setting}}} by the path of the URL in that setting. */
  StubResponse as(Function<String, Optional<String>> setting) {
    Matcher named = SETTING.matcher(path().text());
    if (!named.matches()) {
      return this;
    }
    String there =
        setting.apply(named.group(1)).map(url -> URI.create(url).getRawPath()).orElse("");
    PathPattern resolved = new PathPattern(there.isEmpty() ? "/" : there);
    RequestPattern pattern = new RequestPattern(request.method(), resolved, request.query());
    return new StubResponse(pattern, status, headers, body, fault, from);
  }

  /** Whether no response comes in time. */
  boolean timesOut() {
    return fault == Fault.TIMEOUT;
  }

  boolean matches(OutgoingRequest call) {
    return request.matches(call);
  }

  /** The path of the calls that match. */
  PathPattern path() {
    return request.path();
  }

  /** The body for a call that matches, as text; null for none. */
  String bodyFor(OutgoingRequest call) {
    if (body == null) {
      return null;
    }
    Map<String, String> values = new TreeMap<>(call.query());
    values.putAll(path().variables(call.path()));
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
