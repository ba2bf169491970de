package org.solarrelay.dryrun;

import static java.util.stream.Collectors.toSet;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.solarrelay.config.DestinationEntry;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.UrlSecrets;

/** The configuration of dry runs: each real secret is replaced. */
final class DryRunSettings {

  private static final Pattern SECRET_PROPERTY =
      Pattern.compile("relay\\..*(api-key|secret|secrets|token|tokens|password)");

  private static final Pattern URL_PROPERTY = Pattern.compile("relay\\.destinations\\..*\\.url");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z_]+)");

  /** Every destination is on. */
  private static final Map<String, String> VENDORS =
      Map.ofEntries(
          Map.entry("KAFKA_BOOTSTRAP_SERVERS", "kafka.rehearsal:9092"),
          Map.entry("RELAY_DB_URL", "jdbc:postgresql://database.rehearsal/relay"),
          Map.entry("ENERFLO_URL", "https://enerflo.rehearsal"),
          Map.entry("ENERFLO_API_KEY", SecretStandIns.key("enerflo")),
          Map.entry("SOLARPROOF_URL", "https://solarproof.rehearsal"),
          Map.entry("SOLARPROOF_API_KEY", SecretStandIns.key("solarproof")),
          Map.entry("FLIP_URL", "https://flip.rehearsal"),
          Map.entry("FLIP_API_KEY", SecretStandIns.key("flip")),
          Map.entry("CRM_WEBHOOK_URL", "https://crm.rehearsal/callback"),
          Map.entry("CRM_WEBHOOK_SECRET", SecretStandIns.signingSecret()));

  /** The variables that the configuration requires. */
  private static final Set<String> NEEDED = Set.of("KAFKA_BOOTSTRAP_SERVERS", "RELAY_DB_URL");

  private DryRunSettings() {}

  /**
   * The release's configuration with every destination on, overridden by {@code settings}.
   *
   * @param entries the destinations of {@code destinations.yaml}; no variable is read for them
   * @throws IllegalArgumentException if a name in {@code settings} is unknown
   */
  static SmallRyeConfig with(Map<String, String> settings, List<DestinationEntry> entries) {
    for (String name : settings.keySet()) {
      if (!name.startsWith("relay.") && !variables().contains(name)) {
        throw new IllegalArgumentException(
            "settings: there is no %s; docs/configuration.md has all names".formatted(name));
      }
    }
    try {
      return new SmallRyeConfigBuilder()
          .addDefaultInterceptors()
          .addDiscoveredConverters()
          .withMapping(RelayConfig.class)
          .withSources(
              new PropertiesConfigSource(settings, "settings", 500),
              new PropertiesConfigSource(VENDORS, "vendors", 400),
              new PropertiesConfigSource(standIns(entries), "destinations", 300),
              new PropertiesConfigSource(release(), 250))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The configuration of a program that starts in this environment. If no vendor is configured, all
   * are on, as in standalone mode.
   *
   * @param entries the destinations of {@code destinations.yaml}
   */
  static Config ofProcess(List<DestinationEntry> entries) {
    try {
      SmallRyeConfigBuilder process =
          new SmallRyeConfigBuilder()
              .addDefaultInterceptors()
              .addDiscoveredConverters()
              .addSystemSources()
              .withSources(new PropertiesConfigSource(release(), 250));
      Config configured = process.build();
      boolean standalone =
          VENDORS.keySet().stream()
              .filter(name -> name.endsWith("_URL") && !name.startsWith("RELAY_"))
              .noneMatch(name -> configured.getOptionalValue(name, String.class).isPresent());
      Map<String, String> missing = new HashMap<>(VENDORS);
      missing.keySet().removeIf(name -> !standalone && !NEEDED.contains(name));
      return process
          .withSources(
              new PropertiesConfigSource(
                  destinationProperties(entries, configured), "destinations", 200),
              new PropertiesConfigSource(missing, "missing", 100))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The URL of a destination of {@code destinations.yaml} in a dry run. */
  static String url(String destination) {
    return "https://%s.rehearsal".formatted(destination);
  }

  private static Map<String, String> standIns(List<DestinationEntry> entries) {
    Map<String, String> all = new HashMap<>();
    for (DestinationEntry entry : entries) {
      String url = url(entry.name());
      String key = SecretStandIns.key(entry.name());
      DestinationEntry filled =
          entry.resolved(
              (setting, placeholder) ->
                  setting.equals(DestinationEntry.URL) && placeholder.start() == 0 ? url : key);
      all.putAll(filled.properties(variable -> Optional.empty(), property -> false));
    }
    return all;
  }

  private static Map<String, String> destinationProperties(
      List<DestinationEntry> entries, Config configured) {
    Map<String, String> all = new HashMap<>();
    entries.forEach(
        entry ->
            all.putAll(
                entry.properties(
                    variable -> configured.getOptionalValue(variable, String.class),
                    property -> configured.getOptionalValue(property, String.class).isPresent())));
    return all;
  }

  /** The variables that application.properties takes from the environment. */
  private static Set<String> variables() {
    try (InputStream release = release().openStream()) {
      String text = new String(release.readAllBytes(), StandardCharsets.UTF_8);
      return VARIABLE.matcher(text).results().map(found -> found.group(1)).collect(toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URL release() {
    return RelayConfig.class.getResource("/application.properties");
  }

  /** The configuration of a running program, its secrets replaced. */
  static SmallRyeConfig withoutSecrets(Config running) {
    Map<String, String> values = new HashMap<>();
    for (String name : propertyNames(running)) {
      if (name.startsWith("relay.")) {
        // an empty value still names a source or a destination
        String value = running.getOptionalValue(name, String.class).orElse("");
        values.put(name, withoutSecret(name, value));
      }
    }
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(RelayConfig.class)
        // variables such as RELAY_DATA_DIR are names below relay. too
        .withValidateUnknown(false)
        .withSources(new PropertiesConfigSource(values, "running", 500))
        .build();
  }

  /** The secrets that {@link #withoutSecrets} replaces. */
  static List<String> secretsOf(Config running) {
    return StreamSupport.stream(propertyNames(running).spliterator(), false)
        .flatMap(name -> secretsOf(name, running.getOptionalValue(name, String.class)))
        .toList();
  }

  /** All names, with those that {@code destinations.yaml} has added since the start. */
  private static Iterable<String> propertyNames(Config running) {
    return running.unwrap(SmallRyeConfig.class).getLatestPropertyNames();
  }

  private static Stream<String> secretsOf(String name, Optional<String> value) {
    if (SECRET_PROPERTY.matcher(name).matches()) {
      return value.stream();
    }
    return URL_PROPERTY.matcher(name).matches()
        ? value.stream().flatMap(UrlSecrets::of)
        : Stream.empty();
  }

  private static String withoutSecret(String name, String value) {
    if (value.isEmpty() || !SECRET_PROPERTY.matcher(name).matches()) {
      return value;
    }
    return value.startsWith("whsec_")
        ? SecretStandIns.signingSecret()
        : SecretStandIns.key(name.replaceAll("^relay\\.|[^\\w-]", ""));
  }
}
