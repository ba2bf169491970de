package org.solarrelay.routes.lint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Translates a template of the former bean {@code jsonTemplate} to jq: {@code {"state":
 * "$.data.address.state"}} becomes {@code {state: .data.address.state}}.
 */
final class JqTemplate {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PLACE =
      Pattern.compile("\\$(?:\\.[^.\\[{}]+|\\[\\d+]|\\['[^']*'])+");
  private static final Pattern WITHIN_TEXT = Pattern.compile("\\{(\\$\\.[^{}]+)}");
  private static final Pattern QUOTED_STEP = Pattern.compile("\\['([^']*)']");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
  private static final String RECORD = "\"\\(.source):\\(.subject)\"";

  private JqTemplate() {}

  /** The template in jq; empty if it is not a JSON object. */
  static Optional<String> of(String template) {
    try {
      JsonNode json = JSON.readTree(template);
      return json.isObject() ? Optional.of(jq(json)) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static String jq(JsonNode json) {
    if (json.isObject()) {
      return json.properties().stream()
          .map(field -> "%s: %s".formatted(key(field.getKey()), jq(field.getValue())))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (json.isArray()) {
      return json.valueStream().map(JqTemplate::jq).collect(Collectors.joining(", ", "[", "]"));
    }
    if (!json.isTextual()) {
      return json.toString();
    }
    String text = json.textValue();
    return PLACE.matcher(text).matches() ? path(text) : text(text);
  }

  private static String key(String name) {
    return NAME.matcher(name).matches() ? name : TextNode.valueOf(name).toString();
  }

  private static String path(String place) {
    return place.equals("$.record")
        ? RECORD
        : QUOTED_STEP.matcher(place.substring(1)).replaceAll(".\"$1\"");
  }

  private static String text(String text) {
    String quoted = TextNode.valueOf(text).toString();
    return WITHIN_TEXT
        .matcher(quoted)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    place.group(1).equals("$.record")
                        ? RECORD.substring(1, RECORD.length() - 1)
                        : "\\(%s)".formatted(path(place.group(1)))));
  }
}
