package org.solarrelay.config;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Adds the settings of the folder {@code RELAY_SECRETS_DIR}; loaded by {@code ServiceLoader}. */
public final class SecretFilesFactory implements ConfigSourceFactory {

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue folder = context.getValue(SecretFiles.NAME);
    if (folder == null || folder.getValue() == null || folder.getValue().isBlank()) {
      return List.of();
    }
    try {
      return List.of(new SecretFiles(Path.of(folder.getValue())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
