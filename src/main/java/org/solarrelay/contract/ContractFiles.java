package org.solarrelay.contract;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the contract's documents and schemas from the class path. */
@Singleton
class ContractFiles {

  private static final Pattern NAME = Pattern.compile("[a-z]+([.-][a-z]+)*");

  /**
   * Returns the YAML of {@code asyncapi} or {@code openapi}, with references to schemas rewritten
   * to the URLs of {@link ContractsResource}.
   */
  Optional<String> document(String name) {
    return read("contracts", name, ".yaml").map(text -> text.replace("../schemas/", "schemas/"));
  }

  /**
   * Returns a JSON Schema.
   *
   * @param name an event type, or the name of a file of {@code schemas/} without {@code .json}
   */
  Optional<String> schema(String name) {
    return read("schemas", name, ".json").or(() -> read("schemas", name, ".schema.json"));
  }

  private static Optional<String> read(String folder, String name, String suffix) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    String path = "/" + folder + "/" + name + suffix;
    try (InputStream file = ContractFiles.class.getResourceAsStream(path)) {
      return file == null
          ? Optional.empty()
          : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
