package org.solarrelay.cli;

import org.solarrelay.startup.StartupSettings;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes the defaults of options from the relay's own configuration. */
final class RelayDefaultsProvider implements IDefaultValueProvider {

  private final StartupSettings settings;

  RelayDefaultsProvider(StartupSettings settings) {
    this.settings = settings;
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    return switch (option.longestName()) {
      case "--url" -> settings.get("RELAY_URL").orElse("http://localhost:" + port());
      case "--token" -> settings.get("RELAY_OPERATOR_TOKEN").orElse(null);
      case "--kafka" -> settings.get("KAFKA_BOOTSTRAP_SERVERS").orElse("localhost:" + kafkaPort());
      default -> null;
    };
  }

  private String port() {
    return settings.get("QUARKUS_HTTP_PORT").orElse("8080");
  }

  private String kafkaPort() {
    return settings.get("RELAY_STANDALONE_KAFKA_PORT").orElse("9092");
  }
}
