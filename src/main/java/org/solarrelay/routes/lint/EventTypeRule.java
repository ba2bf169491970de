package org.solarrelay.routes.lint;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The event types that conditions compare with, and those that routes make, exist: in jq ({@code
 * .type == "lead.submitted"}, several in parentheses or a list, {@code startswith}, {@code test},
 * an object with {@code type}) and in simple ({@code ${body.type} in
 * 'lead.submitted,lead.changed'}).
 */
final class EventTypeRule implements Rule {

  private static final String OPERATOR = "(?:==|!=|=~|!=~|!in|not in|in)";
  private static final Pattern SIMPLE =
      Pattern.compile("\\$\\{body\\??\\.type}\\s*" + OPERATOR + "\\s*['\"]([^'\"]*)['\"]");
  private static final String TYPE = "(?<![\\w.\\])])\\.type\\b";
  private static final Pattern USES_TYPE = Pattern.compile(TYPE);

  /** The quantifiers are possessive, here and below: others overflow the stack on a long text. */
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");

  private static final Pattern OTHER_FIELD =
      Pattern.compile(
          "(?<![\\w\\])])\\.(?!type\\b)[A-Za-z_][\\w.]*\\s*[!=]=\\s*\"(?:[^\"\\\\]|\\\\.)*+\"");
  private static final Pattern COMPARED =
      Pattern.compile(
          "%1$s\\s*[!=]=\\s*\"([^\"]*)\"|\"([^\"]*)\"\\s*[!=]=\\s*%1$s".formatted(TYPE));
  private static final Pattern PARTLY =
      Pattern.compile(
          TYPE
              + "\\s*\\|\\s*(startswith|endswith|contains|test)\\(\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"");
  private static final Pattern MADE = Pattern.compile("\\btype\"?\\s*:\\s*\"([^\"]*)\"");

  /**
   * A text that is not an event type.
   *
   * @param part whether it is compared with a part of a type
   */
  private record Unknown(String text, boolean part) {

    static Unknown whole(String text) {
      return new Unknown(text, false);
    }
  }

  private static final Set<RouteRole> READS_EVENTS =
      EnumSet.of(RouteRole.FAN_OUT, RouteRole.DELIVERY);

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    Vocabulary vocabulary = new Vocabulary(index.eventTypes());
    return index.units().flatMap(unit -> ofUnit(unit, vocabulary));
  }

  private static Stream<Problem> ofUnit(RouteUnit unit, Vocabulary vocabulary) {
    boolean makesEvents =
        unit.role() == RouteRole.TRANSLATE
            || unit.calls().anyMatch(use -> use.address().equals("topic:events"));
    boolean readsEvents = READS_EVENTS.contains(unit.role());
    return unit.node().allEntries().stream()
        .flatMap(
            entry -> {
              Set<Unknown> unknown = new LinkedHashSet<>();
              YamlNode jq = "jq".equals(entry.name()) ? entry.value().get("expression") : null;
              YamlNode text = jq == null ? entry.value() : jq;
              if (!text.isText()) {
                return Stream.empty();
              }
              if (jq != null) {
                jq(text.text(), readsEvents, makesEvents, vocabulary, unknown);
              }
              simple(text.text(), readsEvents, vocabulary, unknown);
              return unknown.stream().map(it -> problem(unit.file(), text, it, vocabulary));
            });
  }

  private static void simple(
      String text, boolean exact, Vocabulary vocabulary, Collection<Unknown> unknown) {
    Matcher compared = SIMPLE.matcher(text);
    while (compared.find()) {
      Arrays.stream(compared.group(1).split(","))
          .map(String::strip)
          .filter(name -> exact ? !vocabulary.has(name) : vocabulary.isMisspelt(name))
          .forEach(name -> unknown.add(Unknown.whole(name)));
    }
  }

  private static void jq(
      String text,
      boolean readsEvents,
      boolean makesEvents,
      Vocabulary vocabulary,
      Collection<Unknown> unknown) {
    if (readsEvents) {
      Matcher compared = COMPARED.matcher(text);
      while (compared.find()) {
        String name = compared.group(1) == null ? compared.group(2) : compared.group(1);
        if (!vocabulary.has(name)) {
          unknown.add(Unknown.whole(name));
        }
      }
      Matcher partly = PARTLY.matcher(text);
      while (partly.find()) {
        if (!vocabulary.any(partly.group(1), partly.group(2))) {
          unknown.add(new Unknown(partly.group(2), true));
        }
      }
    }
    if (readsEvents && USES_TYPE.matcher(text).find()) {
      TEXT.matcher(OTHER_FIELD.matcher(text).replaceAll(""))
          .results()
          .map(found -> found.group(1))
          .filter(vocabulary::isMisspelt)
          .forEach(name -> unknown.add(Unknown.whole(name)));
    }
    if (makesEvents) {
      MADE.matcher(text)
          .results()
          .map(found -> found.group(1))
          .filter(vocabulary::isMisspelt)
          .forEach(name -> unknown.add(Unknown.whole(name)));
    }
  }

  private static Problem problem(
      SourceFile file, YamlNode text, Unknown unknown, Vocabulary vocabulary) {
    String problem = unknown.part() ? "no event type fits \"%s\"" : "there is no event type \"%s\"";
    return file.problem(
        text,
        unknown.text(),
        problem.formatted(unknown.text()),
        SpellingSuggestion.hint(unknown.text(), vocabulary.types()));
  }

  /** The known event types, and words that resemble one. */
  private record Vocabulary(Set<String> types) {

    private static final int MAX_DISTANCE = 2;

    boolean has(String name) {
      return types.contains(name);
    }

    /** Whether an unknown word is meant as a type: it has a type's record, or similar letters. */
    boolean isMisspelt(String word) {
      if (has(word) || !word.matches("[A-Za-z][\\w-]*[._ -][\\w.-]*\\w")) {
        return false;
      }
      List<String> records = types.stream().map(type -> type.replaceFirst("\\..*", "")).toList();
      boolean ofRecord = word.contains(".") && records.contains(word.replaceFirst("\\..*", ""));
      return ofRecord || SpellingSuggestion.of(word, types, MAX_DISTANCE).isPresent();
    }

    boolean any(String function, String text) {
      try {
        Pattern pattern = Pattern.compile(text.replace("\\\\", "\\"));
        return types.stream()
            .anyMatch(
                type ->
                    switch (function) {
                      case "startswith" -> type.startsWith(text);
                      case "endswith" -> type.endsWith(text);
                      case "contains" -> type.contains(text);
                      default -> pattern.matcher(type).find();
                    });
      } catch (PatternSyntaxException e) {
        return true;
      }
    }
  }
}
