package org.solarrelay.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Rendered Kubernetes objects. */
public record Manifests(List<JsonNode> objects) {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Set<String> WORKLOADS =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "Job");

  /**
   * Parses YAML.
   *
   * @param yaml one or more documents
   */
  public static Manifests of(String yaml) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      List<JsonNode> objects = new ArrayList<>();
      documents.forEachRemaining(
          document -> {
            if (document.isObject()) {
              objects.add(document);
            }
          });
      return new Manifests(List.copyOf(objects));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<JsonNode> ofKind(String kind) {
    return objects.stream().filter(object -> kind.equals(kind(object))).toList();
  }

  public Optional<JsonNode> find(String kind, String name) {
    return ofKind(kind).stream().filter(object -> name.equals(name(object))).findFirst();
  }

  /** The workloads, which create pods. */
  List<JsonNode> workloads() {
    return objects.stream().filter(object -> WORKLOADS.contains(kind(object))).toList();
  }

  static JsonNode podOf(JsonNode workload) {
    return workload.at("/spec/template/spec");
  }

  static Stream<JsonNode> containersOf(JsonNode workload) {
    JsonNode pod = podOf(workload);
    return Stream.concat(each(pod.path("initContainers")), each(pod.path("containers")));
  }

  static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static String kind(JsonNode object) {
    return object.path("kind").asText();
  }

  static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  /** Kind and name, such as {@code Deployment solar-relay}. */
  static String title(JsonNode object) {
    return kind(object) + " " + name(object);
  }
}
