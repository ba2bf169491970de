package org.solarrelay.k8s;

import static org.solarrelay.k8s.Manifests.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Whether what the manifests set is what the program reads, and whether they set what it needs:
 * everything without a default, and a place in the Secret for every secret.
 */
final class SettingNames implements Check {

  private final KnownSettings known = new KnownSettings();

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (JsonNode workload : manifests.workloads()) {
      Findings found = new Findings(Manifests.title(workload), problems);
      Manifests.containersOf(workload)
          .filter(container -> container.path("image").asText().contains("solar-relay"))
          .flatMap(container -> set(manifests, workload, container))
          .filter(name -> !known.know(name))
          .forEach(name -> found.add("sets " + name + ", which nothing reads"));
    }
    JsonNode relay = manifests.find("Deployment", "solar-relay").orElseThrow();
    Findings found = new Findings(Manifests.title(relay), problems);
    JsonNode container = Manifests.podOf(relay).at("/containers/0");
    Set<String> set = new TreeSet<>(set(manifests, relay, container).toList());
    missing(known.required(), set).forEach(name -> found.add("does not set " + name));
    Set<String> secrets = new TreeSet<>(fromSecrets(relay, container).toList());
    missing(known.secret(), secrets).forEach(name -> found.add("has no secret " + name));
    return problems;
  }

  private static Stream<String> set(Manifests manifests, JsonNode workload, JsonNode container) {
    Stream<String> byName = each(container.path("env")).map(env -> env.path("name").asText());
    Stream<String> byMap =
        each(container.path("envFrom"))
            .map(from -> from.at("/configMapRef/name").asText())
            .flatMap(map -> manifests.find("ConfigMap", map).stream())
            .flatMap(map -> map.path("data").properties().stream())
            .map(entry -> entry.getKey());
    return Stream.of(byName, byMap, fromSecrets(workload, container)).flatMap(names -> names);
  }

  /** As variables or as the files of a mounted Secret. */
  private static Stream<String> fromSecrets(JsonNode workload, JsonNode container) {
    Stream<String> variables =
        each(container.path("env"))
            .filter(env -> env.at("/valueFrom/secretKeyRef").isObject())
            .map(env -> env.path("name").asText());
    Stream<String> files =
        each(Manifests.podOf(workload).path("volumes"))
            .flatMap(
                volume -> Stream.concat(Stream.of(volume), each(volume.at("/projected/sources"))))
            .flatMap(source -> each(source.at("/secret/items")))
            .map(item -> item.path("path").asText());
    return Stream.concat(variables, files);
  }

  private static Stream<String> missing(Set<String> wanted, Set<String> set) {
    return wanted.stream().filter(name -> !set.contains(name)).sorted();
  }
}
