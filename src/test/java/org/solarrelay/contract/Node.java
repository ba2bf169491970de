package org.solarrelay.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/**
 * A node of one of the contract's documents. Follows references, also into other files; siblings of
 * a reference win over its target.
 *
 * @param pointer the JSON Pointer within the file
 */
record Node(Path file, String pointer, JsonNode json) {

  private static final Map<Path, JsonNode> FILES = new ConcurrentHashMap<>();

  static final Path RESOURCES = Path.of("src/main/resources");
  static final Node OPENAPI = of(RESOURCES.resolve("contracts/openapi.yaml"));
  static final Node ASYNCAPI = of(RESOURCES.resolve("contracts/asyncapi.yaml"));

  static Node of(Path file) {
    return new Node(file, "", read(file));
  }

  /** The schema with the name. */
  static Node schema(String name) {
    return of(RESOURCES.resolve("schemas/" + name + ".schema.json"));
  }

  /** The member with the name, of this node or of its reference's target; else a missing node. */
  Node get(String name) {
    if (json.has(name)) {
      String step = "/" + name.replace("~", "~0").replace("/", "~1");
      return new Node(file, pointer + step, json.get(name));
    }
    return refers() ? target().get(name) : new Node(file, pointer, json.path(name));
  }

  boolean has(String name) {
    return !get(name).json.isMissingNode();
  }

  /** The text of the member; empty if there is none. */
  String text(String name) {
    return get(name).json.asText("");
  }

  /** The members by name, those of a reference's target included. */
  Map<String, Node> members() {
    Map<String, Node> members = new LinkedHashMap<>();
    json.fieldNames().forEachRemaining(name -> members.put(name, get(name)));
    members.remove("$ref");
    if (refers()) {
      target().members().forEach(members::putIfAbsent);
    }
    return members;
  }

  /** The elements of a list. */
  List<Node> elements() {
    List<Node> elements = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) {
      elements.add(new Node(file, pointer + "/" + i, json.get(i)));
    }
    return elements;
  }

  List<String> texts() {
    return StreamSupport.stream(json.spliterator(), false).map(JsonNode::asText).toList();
  }

  boolean refers() {
    return json.path("$ref").isTextual();
  }

  /** The target of the reference. */
  Node target() {
    String[] reference = json.get("$ref").asText().split("#", 2);
    Path to = reference[0].isEmpty() ? file : file.resolveSibling(reference[0]).normalize();
    String pointer = reference.length == 2 ? reference[1] : "";
    JsonNode found = read(to).at(pointer);
    if (found.isMissingNode()) {
      throw new AssertionError(file + " refers to " + json.get("$ref") + ", which is not there");
    }
    return new Node(to, pointer, found);
  }

  /** The last part of the pointer, which names the target of a reference. */
  String name() {
    return pointer.substring(pointer.lastIndexOf('/') + 1);
  }

  private static JsonNode read(Path file) {
    return FILES.computeIfAbsent(file, Node::parsed);
  }

  private static JsonNode parsed(Path file) {
    try {
      return new YAMLMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
