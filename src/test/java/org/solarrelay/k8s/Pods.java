package org.solarrelay.k8s;

import static org.solarrelay.k8s.Manifests.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** Finds pods by labels. */
final class Pods {

  private Pods() {}

  /** The workloads whose pods have all these labels; none without labels. */
  static Stream<JsonNode> with(JsonNode labels, Manifests manifests) {
    return manifests.workloads().stream()
        .filter(workload -> haveLabels(labels, workload.at("/spec/template/metadata/labels")));
  }

  static boolean haveLabels(JsonNode required, JsonNode labels) {
    return !required.isEmpty()
        && required.properties().stream()
            .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
  }

  /**
   * @param port a name or a number
   */
  static boolean hasPort(JsonNode container, JsonNode port) {
    String key = port.isTextual() ? "name" : "containerPort";
    return each(container.path("ports")).anyMatch(one -> one.path(key).equals(port));
  }
}
