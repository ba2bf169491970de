package org.solarrelay.k8s;

import static org.solarrelay.k8s.Manifests.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** Which pods labels mean, and what these have. */
final class Pods {

  private Pods() {}

  /** The workloads whose pods bear all these labels; none where there are no labels. */
  static Stream<JsonNode> with(JsonNode labels, Manifests manifests) {
    return manifests.workloads().stream()
        .filter(workload -> bear(labels, workload.at("/spec/template/metadata/labels")));
  }

  static boolean bear(JsonNode wanted, JsonNode labels) {
    return !wanted.isEmpty()
        && wanted.properties().stream()
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
