package org.solarrelay.k8s;

import static org.solarrelay.k8s.Manifests.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Checks that the relay reads every variable of the manifests, and that they set every variable
 * without default and mount a Secret for secrets.
 */
final class SettingNamesCheck implements ManifestCheck {

  private final KnownSettings known = new KnownSettings();

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (JsonNode workload : manifests.workloads()) {
      Findings findings = new Findings(Manifests.title(workload), problems);
      Manifests.containersOf(workload)
          .filter(container -> container.path("image").asText().contains("solar-relay"))
          .flatMap(container -> set(manifests, container))
          .filter(name -> !known.know(name))
          .forEach(name -> findings.add("sets " + name + ", which nothing reads"));
    }
    JsonNode relay = manifests.find("Deployment", "solar-relay").orElseThrow();
    Findings findings = new Findings(Manifests.title(relay), problems);
    JsonNode container = Manifests.podOf(relay).at("/containers/0");
    List<String> set = set(manifests, container).toList();
    known.required().stream()
        .filter(name -> !set.contains(name))
        .forEach(name -> findings.add("does not set " + name));
    findings.unless(readsWholeSecret(manifests, relay, container), "reads no Secret as settings");
    return problems;
  }

  private static Stream<String> set(Manifests manifests, JsonNode container) {
    Stream<String> byName = each(container.path("env")).map(env -> env.path("name").asText());
    return Stream.concat(byName, settings(manifests, container).map(Map.Entry::getKey));
  }

  private static Stream<Map.Entry<String, JsonNode>> settings(
      Manifests manifests, JsonNode container) {
    return each(container.path("envFrom"))
        .map(from -> from.at("/configMapRef/name").asText())
        .flatMap(map -> manifests.find("ConfigMap", map).stream())
        .flatMap(map -> map.path("data").properties().stream());
  }

  /** Whether the whole Secret is mounted as the folder of settings. */
  private static boolean readsWholeSecret(Manifests manifests, JsonNode relay, JsonNode container) {
    return settings(manifests, container)
        .filter(setting -> setting.getKey().equals("RELAY_SECRETS_DIR"))
        .flatMap(folder -> mounted(container, folder.getValue()))
        .flatMap(name -> each(Manifests.podOf(relay).path("volumes")).filter(named(name)))
        .map(volume -> volume.path("secret"))
        .anyMatch(secret -> secret.isObject() && !secret.has("items"));
  }

  private static Stream<JsonNode> mounted(JsonNode container, JsonNode folder) {
    return each(container.path("volumeMounts"))
        .filter(mount -> mount.path("mountPath").equals(folder))
        .map(mount -> mount.path("name"));
  }

  private static Predicate<JsonNode> named(JsonNode name) {
    return volume -> volume.path("name").equals(name);
  }
}
