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
 * Event types that the folder of routes adds to the vocabulary, a file each: {@code
 * schemas/<type>.schema.json}, a JSON Schema of the data with the keyword {@code x-topic}. Those in
 * force are the same for the whole program, as the vocabulary is.
 */
public final class CustomEventTypes {

  /** The keyword that says which topic carries a type. */
  static final String TOPIC = "x-topic";

  private static final String FOLDER = "schemas/";
  private static final String ENDING = ".schema.json";
  private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+";

  private static volatile Map<String, Added> inForce = Map.of();
  private static final ThreadLocal<Map<String, Added>> OF_THREAD = new ThreadLocal<>();

  record Added(String topic, JsonSchema schema) {}

  private CustomEventTypes() {}

  /** Whether the file with that path in the folder of routes is one for here. */
  public static boolean isSchema(String path) {
    return path.startsWith(FOLDER);
  }

  /**
   * Reads a file without putting it in force.
   *
   * @throws InvalidMessageException saying why it adds no type, and what would
   */
  public static void check(String path, String text) {
    read(path, text);
  }

  /**
   * Puts the types of these files in the place of all that were added before; files that add none,
   * for whatever reason, are passed over.
   *
   * @param files text by path in the folder of routes
   * @return the names of the types in force that are added
   */
  public static Set<String> adopt(Map<String, String> files) {
    Map<String, Added> added = added(files);
    inForce = Map.copyOf(added);
    return new TreeSet<>(added.keySet());
  }

  /**
   * Runs work on this thread with the types of these files in the place of those in force: a dry
   * run of files that are not in force changes nothing for the running program.
   *
   * @throws Exception what the work throws
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
              // lint tells of it
            }
          }
        });
    return added;
  }

  /** The names of the types that files add, whether or not they are in force. */
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
