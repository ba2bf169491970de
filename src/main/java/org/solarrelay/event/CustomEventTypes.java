package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Holds the event types that the folder of routes adds to the vocabulary. Each type is a file
 * {@code schemas/<type>.schema.json}, a JSON Schema of the data with the keyword {@code x-topic}.
 * The types in force are the same for the whole program.
 */
public final class CustomEventTypes {

  /** The keyword for the topic of a type. */
  static final String TOPIC = "x-topic";

  private static final String FOLDER = "schemas/";
  private static final String ENDING = ".schema.json";
  private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+";

  private static volatile Map<String, Added> inForce = Map.of();
  private static final ThreadLocal<Map<String, Added>> OF_THREAD = new ThreadLocal<>();

  record Added(String topic, JsonSchema schema) {}

  private CustomEventTypes() {}

  /** Whether a file of the folder of routes is a schema, by its path. */
  public static boolean isSchema(String path) {
    return path.startsWith(FOLDER);
  }

  /**
   * Checks a file without putting it in force.
   *
   * @throws InvalidMessageException if the file adds no type; the text says what to change
   */
  public static void check(String path, String text) {
    read(path, text);
  }

  /**
   * Replaces the types in force by the types of these files. Invalid files are ignored.
   *
   * @param files text by path in the folder of routes
   * @return the names of the added types
   */
  public static Set<String> adopt(Map<String, String> files) {
    Map<String, Added> added = added(files);
    inForce = Map.copyOf(added);
    return new TreeSet<>(added.keySet());
  }

  /**
   * Runs work with the types of these files in force, on this thread only. A dry run of files uses
   * this method and changes nothing for the running program.
   *
   * @throws Exception an exception of the work
   */
  public static <T> T with(Map<String, String> files, Callable<T> work) throws Exception {
    Map<String, Added> before = OF_THREAD.get();
    OF_THREAD.set(added(files));
    try {
      return work.call();
    } finally {
      if (before == null) {
        OF_THREAD.remove();
      } else {
        OF_THREAD.set(before);
      }
    }
  }

  private static Map<String, Added> added(Map<String, String> files) {
    Map<String, Added> added = new LinkedHashMap<>();
    files.forEach(
        (path, text) -> {
          if (isSchema(path)) {
            try {
              added.put(name(path), read(path, text));
            } catch (InvalidMessageException e) {
              // lint reports the file
            }
          }
        });
    return added;
  }

  /** The names of the types that files add, in force or not. */
  public static Set<String> namesIn(Map<String, String> files) {
    return files.keySet().stream()
        .filter(CustomEventTypes::isSchema)
        .map(CustomEventTypes::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Optional<Added> of(String type) {
    return Optional.ofNullable(current().get(type));
  }

  static Set<String> names() {
    return new TreeSet<>(current().keySet());
  }

  private static Map<String, Added> current() {
    Map<String, Added> ofThread = OF_THREAD.get();
    return ofThread == null ? inForce : ofThread;
  }

  private static Added read(String path, String text) {
    String name = name(path);
    if (!path.endsWith(ENDING) || !name.matches(NAME)) {
      throw new InvalidMessageException(
          "this file is not read: call it after the event type, schemas/permit.issued.schema.json");
    }
    if (EventType.of(name).isPresent()) {
      throw new InvalidMessageException(
          name + " is in the vocabulary already, with a schema of its own; delete this file");
    }
    JsonNode json = EventJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
    String topic = json.path(TOPIC).asText();
    if (!topics().contains(topic)) {
      throw new InvalidMessageException(
          "\"%s\" says which topic carries %s: one of %s"
              .formatted(TOPIC, name, String.join(", ", topics())));
    }
    return new Added(topic, EventSchemas.compiled(name, json));
  }

  private static Set<String> topics() {
    return Arrays.stream(EventType.values())
        .map(EventType::topic)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String name(String path) {
    return path.substring(FOLDER.length()).replace(ENDING, "");
  }
}
