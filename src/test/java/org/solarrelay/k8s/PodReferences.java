package org.solarrelay.k8s;

import static org.solarrelay.k8s.Manifests.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether what a pod names is there: its account, ConfigMaps, volumes, ports. */
final class PodReferences implements Check {

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (JsonNode workload : manifests.workloads()) {
      workload(new Findings(Manifests.title(workload), problems), manifests, workload);
    }
    return problems;
  }

  private static void workload(Findings found, Manifests manifests, JsonNode workload) {
    JsonNode pod = Manifests.podOf(workload);
    found.unless(
        Pods.bear(
            workload.at("/spec/selector/matchLabels"),
            workload.at("/spec/template/metadata/labels")),
        "selects other pods than its own");
    String account = pod.path("serviceAccountName").asText();
    found.unless(manifests.find("ServiceAccount", account).isPresent(), "no account " + account);
    each(pod.path("volumes"))
        .forEach(volume -> configMap(found, manifests, volume.path("configMap")));
    Manifests.containersOf(workload)
        .forEach(
            container -> {
              each(container.path("envFrom"))
                  .forEach(from -> configMap(found, manifests, from.path("configMapRef")));
              mounts(found, workload, container);
              probes(found, container);
            });
  }

  private static void configMap(Findings found, Manifests manifests, JsonNode map) {
    String name = map.path("name").asText();
    found.unless(
        map.isMissingNode()
            || map.path("optional").asBoolean()
            || manifests.find("ConfigMap", name).isPresent(),
        "no ConfigMap " + name);
  }

  private static void mounts(Findings found, JsonNode workload, JsonNode container) {
    List<String> volumes =
        Stream.of(
                Manifests.podOf(workload).path("volumes"),
                workload.at("/spec/volumeClaimTemplates"))
            .flatMap(Manifests::each)
            .map(volume -> volume.path("name").asText(Manifests.name(volume)))
            .toList();
    List<String> mounted =
        each(container.path("volumeMounts")).map(mount -> mount.path("name").asText()).toList();
    mounted.forEach(name -> found.unless(volumes.contains(name), "no volume " + name));
    volumes.forEach(name -> found.unless(mounted.contains(name), "volume not mounted: " + name));
  }

  private static void probes(Findings found, JsonNode container) {
    Stream.of("startupProbe", "livenessProbe", "readinessProbe")
        .flatMap(probe -> Stream.of("/httpGet", "/tcpSocket").map(how -> "/" + probe + how))
        .map(container::at)
        .filter(JsonNode::isObject)
        .map(how -> how.path("port"))
        .forEach(
            port -> found.unless(Pods.hasPort(container, port), "a probe asks no port " + port));
  }
}
