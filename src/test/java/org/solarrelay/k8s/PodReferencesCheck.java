package org.solarrelay.k8s;

import static org.solarrelay.k8s.Manifests.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks that service account, ConfigMaps, volumes and ports of a pod exist. */
final class PodReferencesCheck implements ManifestCheck {

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (JsonNode workload : manifests.workloads()) {
      workload(new Findings(Manifests.title(workload), problems), manifests, workload);
    }
    return problems;
  }

  private static void workload(Findings findings, Manifests manifests, JsonNode workload) {
    JsonNode pod = Manifests.podOf(workload);
    findings.unless(
        Pods.haveLabels(
            workload.at("/spec/selector/matchLabels"),
            workload.at("/spec/template/metadata/labels")),
        "selects other pods than its own");
    String account = pod.path("serviceAccountName").asText();
    findings.unless(manifests.find("ServiceAccount", account).isPresent(), "no account " + account);
    each(pod.path("volumes"))
        .forEach(volume -> configMap(findings, manifests, volume.path("configMap")));
    Manifests.containersOf(workload)
        .forEach(
            container -> {
              each(container.path("envFrom"))
                  .forEach(from -> configMap(findings, manifests, from.path("configMapRef")));
              mounts(findings, workload, container);
              probes(findings, container);
            });
  }

  private static void configMap(Findings findings, Manifests manifests, JsonNode map) {
    String name = map.path("name").asText();
    findings.unless(
        map.isMissingNode()
            || map.path("optional").asBoolean()
            || manifests.find("ConfigMap", name).isPresent(),
        "no ConfigMap " + name);
  }

  private static void mounts(Findings findings, JsonNode workload, JsonNode container) {
    List<String> volumes =
        Stream.of(
                Manifests.podOf(workload).path("volumes"),
                workload.at("/spec/volumeClaimTemplates"))
            .flatMap(Manifests::each)
            .map(volume -> volume.path("name").asText(Manifests.name(volume)))
            .toList();
    List<String> mounted =
        each(container.path("volumeMounts")).map(mount -> mount.path("name").asText()).toList();
    mounted.forEach(name -> findings.unless(volumes.contains(name), "no volume " + name));
    volumes.forEach(name -> findings.unless(mounted.contains(name), "volume not mounted: " + name));
  }

  private static void probes(Findings findings, JsonNode container) {
    Stream.of("startupProbe", "livenessProbe", "readinessProbe")
        .flatMap(probe -> Stream.of("/httpGet", "/tcpSocket").map(how -> "/" + probe + how))
        .map(container::at)
        .filter(JsonNode::isObject)
        .map(how -> how.path("port"))
        .forEach(
            port -> findings.unless(Pods.hasPort(container, port), "a probe asks no port " + port));
  }
}
