package org.solarrelay.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.startup.StartupSettings;

class SecretFilesTest {

  @TempDir private Path folder;

  @Test
  void aFileIsASettingWithoutItsLineEnd() throws IOException {
    put("ENERFLO_API_KEY", "first\n");

    assertThat(config().getValue("ENERFLO_API_KEY", String.class)).isEqualTo("first");
  }

  @Test
  void aPropertyIsFoundByTheNameOfItsVariable() throws IOException {
    put("RELAY_DESTINATIONS_ACME_API_KEY", "key of acme");

    assertThat(config().getValue("relay.destinations.acme.api-key", String.class))
        .isEqualTo("key of acme");
  }

  @Test
  void aFileWinsOverTheEnvironmentUnlessItIsBlank() throws IOException {
    put("ENERFLO_API_KEY", "from a file");
    put("FLIP_API_KEY", " \n");

    SmallRyeConfig config = config();

    assertThat(config.getValue("ENERFLO_API_KEY", String.class)).isEqualTo("from a file");
    assertThat(config.getValue("FLIP_API_KEY", String.class)).isEqualTo("from the environment");
  }

  @Test
  void aChangeCountsWhenTwoReadsAreEqual() throws IOException {
    put("ENERFLO_API_KEY", "first");
    SecretFiles files = new SecretFiles(folder);

    put("ENERFLO_API_KEY", "sec");
    assertThat(files.changed()).isFalse();
    put("ENERFLO_API_KEY", "second");
    assertThat(files.changed()).isFalse();
    assertThat(files.getValue("ENERFLO_API_KEY")).isEqualTo("first");

    assertThat(files.changed()).isTrue();
    assertThat(files.apply(() -> files.getValue("ENERFLO_API_KEY"))).isEqualTo("second");
    assertThat(files.getValue("ENERFLO_API_KEY")).isEqualTo("second");
    assertThat(files.changed()).isFalse();
  }

  @Test
  void aMountedSecretIsReplacedByASymbolicLink() throws IOException {
    mount("..first", "first");
    Files.createSymbolicLink(folder.resolve("ENERFLO_API_KEY"), Path.of("..data/ENERFLO_API_KEY"));
    SecretFiles files = new SecretFiles(folder);
    assertThat(files.getPropertyNames()).containsExactly("ENERFLO_API_KEY");

    mount("..second", "second");
    files.changed();

    assertThat(files.changed()).isTrue();
    assertThat(files.apply(() -> files.getValue("ENERFLO_API_KEY"))).isEqualTo("second");
  }

  @Test
  void aRequiredSettingMayBeAFile() throws Exception {
    put("RELAY_DB_URL", "jdbc:postgresql://database/relay");

    StartupSettings settings =
        StartupSettings.of(
                Map.of("RELAY_SECRETS_DIR", folder.toString(), "RELAY_DB_URL", "overruled"))
            .withSecretFiles();

    assertThat(settings.get("RELAY_DB_URL")).contains("jdbc:postgresql://database/relay");
  }

  private void mount(String version, String key) throws IOException {
    Files.writeString(
        Files.createDirectory(folder.resolve(version)).resolve("ENERFLO_API_KEY"), key);
    Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(version));
    Files.move(next, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void put(String name, String value) throws IOException {
    Files.writeString(folder.resolve(name), value);
  }

  private SmallRyeConfig config() {
    Map<String, String> environment =
        Map.of(
            "RELAY_SECRETS_DIR", folder.toString(),
            "ENERFLO_API_KEY", "from the environment",
            "FLIP_API_KEY", "from the environment");
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredSources()
        .withSources(new PropertiesConfigSource(environment, "environment", 300))
        .build();
  }
}
