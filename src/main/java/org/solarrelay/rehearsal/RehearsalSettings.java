package org.solarrelay.rehearsal;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.solarrelay.RelayConfig;

/** The configuration of rehearsals, in which no real secret is left. */
final class RehearsalSettings {

  private static final Pattern SECRET =
      Pattern.compile("relay\\..*(api-key|secret|secrets|token|tokens|password)");

  /** Every destination is on. */
  private static final Map<String, String> VENDORS =
      Map.ofEntries(
          Map.entry("KAFKA_BOOTSTRAP_SERVERS", "kafka.rehearsal:9092"),
          Map.entry("RELAY_DB_URL", "jdbc:postgresql://database.rehearsal/relay"),
          Map.entry("ENERFLO_URL", "https://enerflo.rehearsal"),
          Map.entry("ENERFLO_API_KEY", Masked.key("enerflo")),
          Map.entry("SOLARPROOF_URL", "https://solarproof.rehearsal"),
          Map.entry("SOLARPROOF_API_KEY", Masked.key("solarproof")),
          Map.entry("FLIP_URL", "https://flip.rehearsal"),
          Map.entry("FLIP_API_KEY", Masked.key("flip")),
          Map.entry("CRM_WEBHOOK_URL", "https://crm.rehearsal/callback"),
          Map.entry("CRM_WEBHOOK_SECRET", Masked.signingSecret()));

  private RehearsalSettings() {}

  /** As a release has it, every destination on, and then as {@code settings} say. */
  static SmallRyeConfig with(Map<String, String> settings) {
    URL release = RelayConfig.class.getResource("/application.properties");
    try {
      return new SmallRyeConfigBuilder()
          .addDefaultInterceptors()
          .addDiscoveredConverters()
          .withMapping(RelayConfig.class)
          .withSources(
              new PropertiesConfigSource(settings, "settings", 500),
              new PropertiesConfigSource(VENDORS, "vendors", 400),
              new PropertiesConfigSource(release, 250))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a program runs, its secrets replaced. */
  static SmallRyeConfig like(Config running) {
    Map<String, String> values = new HashMap<>();
    for (String name : running.getPropertyNames()) {
      if (name.startsWith("relay.")) {
        running
            .getOptionalValue(name, String.class)
            .ifPresent(value -> values.put(name, withoutSecret(name, value)));
      }
    }
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(RelayConfig.class)
        .withSources(new PropertiesConfigSource(values, "running", 500))
        .build();
  }

  private static String withoutSecret(String name, String value) {
    if (!SECRET.matcher(name).matches()) {
      return value;
    }
    return value.startsWith("whsec_")
        ? Masked.signingSecret()
        : Masked.key(name.replaceAll("^relay\\.|[^\\w-]", ""));
  }
}
