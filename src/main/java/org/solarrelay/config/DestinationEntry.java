package org.solarrelay.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry of {@code routes/destinations.yaml}.
 *
 * @param name the destination's name
 * @param settings the texts of the file, by setting name below {@code relay.destinations.<name>}
 */
public record DestinationEntry(String name, Map<String, String> settings) {

  public static final String URL = "url";
  public static final String API_KEY = "api-key";

  /** {@code {{env:VARIABLE}}} or {@code {{env:VARIABLE:default}}}. */
  public static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{env:([A-Za-z_][A-Za-z0-9_]*)(?::([^{}]*))?}}");

  private static final String KEY_REQUIRED = "key-required";
  private static final String OFF_REASON = "off-reason";

  /** The name of the property of a destination's setting. */
  public static String property(String destination, String setting) {
    return "relay.destinations.%s.%s".formatted(destination, setting);
  }

  /** Whether the text is an {@code http:} or {@code https:} URL with a host. */
  public static boolean isUrl(String text) {
    try {
      URI url = URI.create(text);
      return url.getHost() != null
          && ("https".equalsIgnoreCase(url.getScheme())
              || "http".equalsIgnoreCase(url.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns the text with each placeholder replaced by its value. */
  public static String resolved(String text, Function<MatchResult, String> value) {
    return PLACEHOLDER.matcher(text).replaceAll(at -> Matcher.quoteReplacement(value.apply(at)));
  }

  /**
   * Returns the entry with all placeholders replaced.
   *
   * @param text maps a setting and a placeholder to the replacement
   */
  public DestinationEntry resolved(BiFunction<String, MatchResult, String> text) {
    Map<String, String> resolved = new LinkedHashMap<>();
    settings.forEach(
        (setting, value) -> resolved.put(setting, resolved(value, at -> text.apply(setting, at))));
    return new DestinationEntry(name, resolved);
  }

  /**
   * Returns the entry as properties of the configuration, without settings whose variable is not
   * set and without an invalid URL; {@code off-reason} then says why.
   *
   * @param variable maps a variable to its value; empty if it is not set
   * @param overridden whether a property has a value from a source that wins over the file
   */
  public Map<String, String> properties(
      Function<String, Optional<String>> variable, Predicate<String> overridden) {
    Map<String, String> properties = new LinkedHashMap<>();
    List<String> reasons = new ArrayList<>();
    Set<String> unset = new LinkedHashSet<>();
    settings.forEach(
        (setting, text) -> {
          String property = property(name, setting);
          Set<String> missing = new LinkedHashSet<>();
          String value = resolved(text, at -> value(at, variable, missing)).strip();
          if (overridden.test(property)) {
            return;
          }
          unset.addAll(missing);
          if (missing.isEmpty() && setting.equals(URL) && !isUrl(value)) {
            reasons.add("the value of %s is no URL".formatted(String.join(", ", variables(text))));
          } else if (missing.isEmpty()) {
            properties.put(property, value);
          }
        });
    if (!unset.isEmpty()) {
      reasons.add(0, "%s %s not set".formatted(joined(unset), unset.size() == 1 ? "is" : "are"));
    }
    if (settings.containsKey(API_KEY)) {
      properties.put(property(name, KEY_REQUIRED), "true");
    }
    if (!reasons.isEmpty()) {
      properties.put(property(name, OFF_REASON), String.join(", ", reasons));
    }
    // an entry without any other property is still a destination
    properties.putIfAbsent(property(name, KEY_REQUIRED), "false");
    return properties;
  }

  private static String value(
      MatchResult placeholder, Function<String, Optional<String>> variable, Set<String> missing) {
    String name = placeholder.group(1);
    Optional<String> set = variable.apply(name).filter(value -> !value.isBlank());
    if (set.isEmpty() && placeholder.group(2) == null) {
      missing.add(name);
    }
    return set.orElse(placeholder.group(2) == null ? "" : placeholder.group(2));
  }

  private static List<String> variables(String text) {
    return PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).distinct().toList();
  }

  private static String joined(Set<String> names) {
    return String.join(" and ", names);
  }
}
