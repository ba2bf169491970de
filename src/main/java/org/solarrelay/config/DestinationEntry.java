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
 * @param name of the destination
 * @param settings as they are written, by their names below {@code relay.destinations.<name>}
 */
public record DestinationEntry(String name, Map<String, String> settings) {

  public static final String URL = "url";
  public static final String API_KEY = "api-key";

  /** {@code {{env:VARIABLE}}} or {@code {{env:VARIABLE:default}}}. */
  public static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{env:([A-Za-z_][A-Za-z0-9_]*)(?::([^{}]*))?}}");

  private static final String KEY_REQUIRED = "key-required";
  private static final String OFF_REASON = "off-reason";

  /** Where a setting of a destination stands in the configuration. */
  public static String property(String destination, String setting) {
    return "relay.destinations.%s.%s".formatted(destination, setting);
  }

  /** Whether the text can be called. */
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

  /** The text with a value in the place of each placeholder. */
  public static String filled(String text, Function<MatchResult, String> value) {
    return PLACEHOLDER.matcher(text).replaceAll(at -> Matcher.quoteReplacement(value.apply(at)));
  }

  /**
   * The entry with text in the place of its placeholders.
   *
   * @param text for a placeholder of a setting
   */
  public DestinationEntry filled(BiFunction<String, MatchResult, String> text) {
    Map<String, String> filled = new LinkedHashMap<>();
    settings.forEach(
        (setting, value) -> filled.put(setting, filled(value, at -> text.apply(setting, at))));
    return new DestinationEntry(name, filled);
  }

  /**
   * The entry as properties of the configuration. Where a variable is not set, or makes no URL, the
   * setting is left out and {@code off-reason} says why.
   *
   * @param variable the value of a variable, empty where it is not set
   * @param overridden whether a property has a value elsewhere, which goes before the entry's
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
          String value = filled(text, at -> value(at, variable, missing)).strip();
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
      reasons.add(0, "%s %s not set".formatted(list(unset), unset.size() == 1 ? "is" : "are"));
    }
    if (settings.containsKey(API_KEY)) {
      properties.put(property(name, KEY_REQUIRED), "true");
    }
    if (!reasons.isEmpty()) {
      properties.put(property(name, OFF_REASON), String.join(", ", reasons));
    }
    // an entry of which nothing else is left is a destination all the same
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

  private static String list(Set<String> names) {
    return String.join(" and ", names);
  }
}
