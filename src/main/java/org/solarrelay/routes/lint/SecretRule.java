package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keys and tokens come from the environment; no file holds one. */
final class SecretRule implements Rule {

  private static final Set<String> PROSE = Set.of("description", "note", "title", "message", "id");

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i)(x-)?(api[-_]?key|authorization|access[-_]?token|token|secret|client[-_]?secret|password)");

  private static final List<Pattern> SECRETS =
      List.of(
          Pattern.compile("whsec_[A-Za-z0-9+/]{8,}"),
          Pattern.compile("(?i)\\b(bearer|basic)\\s+[a-z0-9._~+/-]{8,}"),
          Pattern.compile("\\beyJ[\\w-]{8,}\\.[\\w-]{8,}"),
          Pattern.compile("://[^/@\\s{}$]+:[^/@\\s{}$]+@"),
          Pattern.compile("(?i)[?&](api_?key|token|secret|password)=[^&{}$]{6,}"));

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9_+=/-]{20,}");
  private static final double RANDOM_BITS = 3.5;

  private static final String MEND =
      "Read it from the environment: {{relay.destinations.<name>.api-key:}}; and change the key, it"
          + " has been in a file";

  @Override
  public Stream<Problem> check(RouteSet set) {
    return set.files().stream()
        .flatMap(
            file ->
                file.entries()
                    .filter(entry -> entry.value().isText() && isSecret(entry))
                    .map(entry -> file.problem(entry.value(), "this looks like a secret", MEND)));
  }

  private static boolean isSecret(YamlNode.Entry entry) {
    String text = entry.value().text();
    String key = String.valueOf(entry.name());
    if (PROSE.contains(key) || text.startsWith("data:")) {
      return false;
    }
    return isSecretByName(key, text)
        || isSecretHeader(entry)
        || isSecretDefault(entry)
        || SECRETS.stream().anyMatch(pattern -> pattern.matcher(text).find())
        || RANDOM.matcher(text).results().anyMatch(found -> isRandom(found.group()));
  }

  private static boolean isSecretByName(String key, String text) {
    return SECRET_NAME.matcher(key).matches() && isLiteral(text);
  }

  /** {@code name: api-key} beside a constant. */
  private static boolean isSecretHeader(YamlNode.Entry entry) {
    String constant = entry.map().textAt("expression", "constant", "expression");
    return "name".equals(entry.name())
        && SECRET_NAME.matcher(entry.value().text()).matches()
        && constant != null
        && isLiteral(constant);
  }

  /** The default of a kamelet's property that says it is a password. */
  private static boolean isSecretDefault(YamlNode.Entry entry) {
    return "default".equals(entry.name())
        && "password".equals(entry.map().textAt("format"))
        && isLiteral(entry.value().text());
  }

  private static boolean isLiteral(String text) {
    return !text.isBlank() && !text.contains("{{") && !text.contains("${");
  }

  /** Letters and digits without a pattern: far more bits to a letter than words have. */
  private static boolean isRandom(String text) {
    boolean mixed = text.matches(".*\\d.*") && text.matches(".*[A-Za-z].*");
    return mixed && !UUID.matcher(text).matches() && bits(text) > RANDOM_BITS;
  }

  private static double bits(String text) {
    return text.chars()
        .distinct()
        .mapToDouble(c -> (double) text.chars().filter(it -> it == c).count() / text.length())
        .map(share -> -share * Math.log(share) / Math.log(2))
        .sum();
  }
}
