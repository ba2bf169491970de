package org.solarrelay.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The settings in a {@link SecretFolder}, as they were when it was last looked at. They come before
 * those of the environment, behind system properties.
 */
final class SecretFiles implements ConfigSource {

  static final String NAME = "RELAY_SECRETS_DIR";

  private static final int ABOVE_ENVIRONMENT = 320;

  private final Path folder;
  private Map<String, String> seen;
  private volatile Map<String, String> values;

  /**
   * @throws IOException where the folder can not be read
   */
  SecretFiles(Path folder) throws IOException {
    this.folder = folder;
    this.values = SecretFolder.read(folder);
    this.seen = values;
  }

  /**
   * Looks again. What is new counts once it has been the same twice: a file may be about to be
   * written.
   *
   * @return whether the settings differ from now on
   * @throws IOException where the folder can not be read; the settings then stay as they are
   */
  boolean changed() throws IOException {
    Map<String, String> now = SecretFolder.read(folder);
    boolean atRest = now.equals(seen);
    seen = now;
    if (!atRest || now.equals(values)) {
      return false;
    }
    values = now;
    return true;
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public int getOrdinal() {
    return ABOVE_ENVIRONMENT;
  }

  @Override
  public Set<String> getPropertyNames() {
    return values.keySet();
  }

  /** As with the environment, a key is also found under the name of its variable. */
  @Override
  public String getValue(String name) {
    String value = values.get(name);
    return value != null ? value : values.get(variable(name));
  }

  private static String variable(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}
