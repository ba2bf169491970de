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
 * Provides the settings of a {@link SecretFolder}, as of the latest read. They win over the
 * environment, and system properties win over them.
 */
final class SecretFiles implements ConfigSource {

  static final String NAME = "RELAY_SECRETS_DIR";

  private static final int ABOVE_ENVIRONMENT = 320;

  private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^A-Za-z0-9]");

  private final Path folder;
  private final TrialValues values;
  private Map<String, String> latest;
  private Optional<Map<String, String>> rejected = Optional.empty();

  /**
   * @throws IOException if the folder cannot be read
   */
  SecretFiles(Path folder) throws IOException {
    this.folder = folder;
    this.latest = SecretFolder.read(folder);
    this.values = new TrialValues(latest);
  }

  /**
   * Reads the folder again. A change counts when two reads are equal, because a file may be half
   * written.
   *
   * @return whether there are new settings that were not rejected before
   * @throws IOException if the folder cannot be read; the settings then stay unchanged
   */
  boolean changed() throws IOException {
    Map<String, String> now = SecretFolder.read(folder);
    boolean stable = now.equals(latest);
    latest = now;
    return stable && !now.equals(values.get()) && !Optional.of(now).equals(rejected);
  }

  /**
   * Replaces the settings by those read last, if {@code use} succeeds. An exception of {@code use}
   * rejects them: the settings stay unchanged until the files change again.
   *
   * @return the result of {@code use}
   */
  <T> T apply(Supplier<T> use) {
    rejected = Optional.of(latest);
    T result = values.replace(latest, use);
    rejected = Optional.empty();
    return result;
  }

  /** Allows rejected settings to be tried again. */
  void allowRejected() {
    rejected = Optional.empty();
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

  /** Finds a property also by the name of its environment variable. */
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
