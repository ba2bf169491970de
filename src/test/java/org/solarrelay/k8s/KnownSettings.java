package org.solarrelay.k8s;

import static java.util.stream.Collectors.toSet;

import io.smallrye.config.ConfigMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.topic.client.KafkaSecuritySettings;

/** The variables that configure the relay. */
public final class KnownSettings {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z_]+)(:?)");
  private static final Pattern SECRET =
      Pattern.compile(".*(TOKEN|SECRET|PASSWORD|API_KEY|KEYSTORE_KEY|JAAS)(_.*)?");

  private final String properties = read("src/main/resources/application.properties");
  private final String page = read("docs/configuration.md");

  /** Variables without which the relay does not start. */
  Set<String> required() {
    return placeholders()
        .filter(match -> match.group(2).isEmpty())
        .map(KnownSettings::name)
        .collect(toSet());
  }

  /** Variables with secrets. */
  Set<String> secret() {
    return placeholders().map(KnownSettings::name).filter(KnownSettings::isSecret).collect(toSet());
  }

  /** Whether a variable has a secret, by its name. */
  public static boolean isSecret(String variable) {
    return SECRET.matcher(variable).matches();
  }

  /**
   * Whether a variable is read: by application.properties, as a key of {@link RelayConfig} or of
   * Kafka, or, for Quarkus and the standalone build, according to docs/configuration.md.
   */
  boolean know(String variable) {
    return placeholders().map(KnownSettings::name).anyMatch(variable::equals)
        || keys().anyMatch(pattern -> variable.matches(pattern))
        || isKafkaSetting(variable)
        || page.contains("`" + variable + "`");
  }

  private static boolean isKafkaSetting(String variable) {
    String key = variable.toLowerCase(Locale.ROOT).replace('_', '.');
    return !KafkaSecuritySettings.of(asked -> Optional.of("set").filter(set -> asked.equals(key)))
        .isEmpty();
  }

  private Stream<MatchResult> placeholders() {
    Matcher matcher = PLACEHOLDER.matcher(properties);
    return matcher.results();
  }

  private static String name(MatchResult match) {
    return match.group(1);
  }

  private static Stream<String> keys() {
    return ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(RelayConfig.class))
        .keySet()
        .stream()
        .map(
            key ->
                key.toUpperCase(Locale.ROOT)
                    .replaceAll("[^A-Z0-9*]", "_")
                    .replace("*", "[A-Z0-9_]+"));
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
