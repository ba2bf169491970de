package org.solarrelay.routes.lint;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Log lines above DEBUG, and the messages of exceptions and outcomes, contain no personal data,
 * because they are stored and many people read them.
 */
final class PersonalDataRule implements Rule {

  private static final Set<String> QUIET = Set.of("DEBUG", "TRACE", "OFF");
  private static final Pattern FUNCTION = Pattern.compile("\\$\\{((?:[^{}]|\\{[^{}]*})*+)}");

  /** Expressions that contain a whole message. */
  private static final Pattern WHOLE =
      Pattern.compile(
          "(in\\.|out\\.)?(body|bodyOneLine|prettyBody|headers|variables|exchange|message"
              + "|messageHistory)|(mandatoryB|b)odyAs\\(.*|body\\.toString.*"
              + "|jq\\(\\s*\\.(data|body)?\\s*\\)|exception\\.responseBody");

  /** Fields that identify an event and contain no personal data. */
  private static final Pattern OF_EVENT =
      Pattern.compile(
          "body\\.(id|type|source|subject|time|topic|event|receipt|partition|offset|size|length"
              + "|class)\\b.*");

  private static final Pattern PERSONAL =
      Pattern.compile(
          "(?i)(.*[._(?\\[ -])?(e-?mail(Address)?|(mobile|home|work)?-?_?phone(Number)?|mobile"
              + "|(first|last|full|customer|family|given)[-_]?name|street|address|zip|postcode"
              + "|note|contact|customer|lead|birth\\w*|tax_?id|lat|lng)\\W*");

  private static final String FIX =
      "Write ${body.id} or ${body.subject}, by which the event is found";

  private final FileCheck perFile = new FileCheck(PersonalDataRule::inFile);

  @Override
  public Stream<Problem> check(RouteFolderIndex index) {
    return index.files().stream().flatMap(perFile::of);
  }

  private static Stream<Problem> inFile(SourceFile file) {
    return Stream.concat(
        file.entries().flatMap(entry -> ofStep(file, entry)),
        file.endpoints().stream().flatMap(PersonalDataRule::endpoint));
  }

  private static Stream<Problem> ofStep(SourceFile file, YamlNode.Entry entry) {
    YamlNode step = entry.value();
    return switch (String.valueOf(entry.name())) {
      case "log" ->
          QUIET.contains(String.valueOf(step.textAt("loggingLevel")))
              ? Stream.empty()
              : text(file, step.get("message"), "a log line", ", or set loggingLevel: DEBUG");
      case "throwException" -> text(file, step.get("message"), "an exception's message", "");
      case "bean", "method" -> outcome(file, step);
      default -> Stream.empty();
    };
  }

  private static Stream<Problem> outcome(SourceFile file, YamlNode step) {
    boolean reason = String.valueOf(step.textAt("method")).startsWith("skipped(");
    return reason && "routeOutcome".equals(step.textAt("ref"))
        ? text(file, step.get("method"), "an outcome's reason", "")
        : Stream.empty();
  }

  private static Stream<Problem> text(SourceFile file, YamlNode text, String where, String or) {
    if (text == null || !text.isText()) {
      return Stream.empty();
    }
    Stream.Builder<Problem> problems = Stream.builder();
    Matcher function = FUNCTION.matcher(text.text());
    while (function.find()) {
      if (isPersonal(function.group(1))) {
        problems.add(
            file.problem(
                text,
                function.start(),
                "%s would hold data of people: %s".formatted(where, function.group()),
                FIX + or));
      }
    }
    return problems.build();
  }

  private static boolean isPersonal(String function) {
    if (WHOLE.matcher(function).matches()) {
      return true;
    }
    if (function.startsWith("body")) {
      return !OF_EVENT.matcher(function).matches();
    }
    boolean value = function.matches("(jq|variables?|headers?|exchangeProperty)\\b.*");
    return value && PERSONAL.matcher(function).matches();
  }

  private static Stream<Problem> endpoint(EndpointUse use) {
    if (!use.scheme().equals("log")) {
      return Stream.empty();
    }
    String options =
        use.text() + "&" + use.parameters().map(PersonalDataRule::parameters).orElse("");
    boolean quiet = options.matches("(?s).*[?&]level=(DEBUG|TRACE|OFF)\\b.*");
    boolean without = options.contains("showBody=false") && !options.contains("showAll=true");
    return quiet || without
        ? Stream.empty()
        : Stream.of(
            use.problem(
                "log: writes the body, and with it data of people",
                "Use the step log with a message, or set level: DEBUG or showBody: false"));
  }

  private static String parameters(YamlNode parameters) {
    StringBuilder text = new StringBuilder();
    parameters
        .entries()
        .forEach(it -> text.append(it.name()).append('=').append(it.value().text()).append('&'));
    return text.toString();
  }
}
