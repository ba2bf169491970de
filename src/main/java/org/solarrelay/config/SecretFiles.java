package org.solarrelay.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The settings in a {@link SecretFolder}, as they were when it was last looked at. They come before
 * those of the environment, behind system properties.
 */
final class SecretFiles implements ConfigSource {

  static final String NAME = "RELAY_SECRETS_DIR";

  private static final int ABOVE_ENVIRONMENT = 320;

  private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^A-Za-z0-9]");

  private final Path folder;
  private final TrialValues values;
  private Map<String, String> seen;
  private Optional<Map<String, String>> refused = Optional.empty();

  /**
   * @throws IOException where the folder can not be read
   */
  SecretFiles(Path folder) throws IOException {
    this.folder = folder;
    this.seen = SecretFolder.read(folder);
    this.values = new TrialValues(seen);
  }

  /**
   * Looks again. What is new counts once it has been the same twice: a file may be about to be
   * written.
   *
   * @return whether there are other settings to be taken; not those that were refused
   * @throws IOException where the folder can not be read; the settings then stay as they are
   */
  boolean changed() throws IOException {
    Map<String, String> now = SecretFolder.read(folder);
    boolean atRest = now.equals(seen);
    seen = now;
    return atRest && !now.equals(values.get()) && !Optional.of(now).equals(refused);
  }

  /**
   * Takes the settings that were last seen, once the use of them has succeeded. What the use throws
   * refuses them: the settings stay as they are until the files change again.
   *
   * @return what the use makes of them
   */
  <T> T take(Supplier<T> use) {
    refused = Optional.of(seen);
    T made = values.replace(seen, use);
    refused = Optional.empty();
    return made;
  }

  /** Lets settings that were refused be tried again. */
  void reconsider() {
    refused = Optional.empty();
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
    return values.get().keySet();
  }

  /** As with the environment, a key is also found under the name of its variable. */
  @Override
  public String getValue(String name) {
    Map<String, String> now = values.get();
    String value = now.get(name);
    return value != null ? value : now.get(variable(name));
  }

  private static String variable(String name) {
    return NEITHER_LETTER_NOR_DIGIT.matcher(name).replaceAll("_").toUpperCase(Locale.ROOT);
  }
}
