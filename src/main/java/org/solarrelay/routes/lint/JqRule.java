package org.solarrelay.routes.lint;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.solarrelay.mapping.jq.JqQuery;
import org.solarrelay.mapping.jq.JqRefusal;

/**
 * jq expressions can be read and call functions that exist, and the conditions of fan-out name
 * event types that exist.
 */
final class JqRule implements Rule {

  private static final String FAN_OUT = "fan-out";
  private static final Pattern TYPE = Pattern.compile("\\.type\\s*[!=]=\\s*\"([^\"]*)\"");

  @Override
  public Stream<Problem> check(RouteSet set) {
    return set.files().stream()
        .flatMap(
            file ->
                file.entries()
                    .filter(entry -> "jq".equals(entry.name()))
                    .map(entry -> entry.value().get("expression"))
                    .filter(text -> text != null && text.isText())
                    .flatMap(text -> Stream.concat(unusable(file, text), types(set, file, text))));
  }

  private static Stream<Problem> unusable(SourceFile file, YamlNode text) {
    try {
      return JqQuery.compile(text.text()).refusals().stream()
          .map(refusal -> file.problem(text, refusal.problem(), fix(refusal)));
    } catch (JsonQueryException e) {
      return Stream.of(
          file.problem(
              text,
              "this jq cannot be read: %s".formatted(reason(e)),
              "See jq's manual; texts stand in double quotes"));
    }
  }

  private static String fix(JqRefusal refusal) {
    return refusal.kind() == JqRefusal.Kind.UNKNOWN
        ? Nearest.of(refusal.name(), JqQuery.functions(), 2)
            .map("Did you mean %s?"::formatted)
            .orElse(refusal.kind().fix())
        : refusal.kind().fix();
  }

  private static String reason(JsonQueryException e) {
    Throwable parsing = e.getCause() == null ? e : e.getCause();
    String message = String.valueOf(parsing.getMessage());
    return message.lines().findFirst().orElse("").replaceFirst("\\.$", "");
  }

  private static Stream<Problem> types(RouteSet set, SourceFile file, YamlNode text) {
    if (!file.stem().equals(FAN_OUT)) {
      return Stream.empty();
    }
    Set<String> known = set.eventTypes();
    Set<String> unknown = new TreeSet<>();
    Matcher type = TYPE.matcher(text.text());
    while (type.find()) {
      unknown.add(type.group(1));
    }
    unknown.removeAll(known);
    return unknown.stream()
        .map(
            name ->
                file.problem(
                    text,
                    "there is no event type \"%s\"".formatted(name),
                    Nearest.hint(name, known)));
  }
}
