package org.solarrelay.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Checks that neither manifests nor settings have secrets. */
final class SecretsCheck implements ManifestCheck {

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    manifests
        .ofKind("Secret")
        .forEach(secret -> problems.add(Manifests.title(secret) + ": is in the manifests"));
    for (JsonNode map : manifests.ofKind("ConfigMap")) {
      map.path("data").fieldNames().forEachRemaining(name -> check(map, name, problems));
    }
    for (JsonNode workload : manifests.workloads()) {
      Manifests.containersOf(workload)
          .flatMap(container -> Manifests.each(container.path("env")))
          .filter(env -> env.has("value"))
          .forEach(env -> check(workload, env.path("name").asText(), problems));
    }
    return problems;
  }

  private static void check(JsonNode object, String name, List<String> problems) {
    new Findings(Manifests.title(object), problems)
        .unless(!KnownSettings.isSecret(name), "holds the value of " + name);
  }
}
