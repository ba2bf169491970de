package org.solarrelay.k8s;

import static org.solarrelay.k8s.Manifests.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks that only webhooks are reachable from outside, and the console for people who sign in at
 * an identity provider, and only listed targets from a pod.
 */
final class ExposureCheck implements ManifestCheck {

  /** The paths of each Ingress. */
  private static final Map<String, Set<String>> PATHS =
      Map.of(
          "solar-relay-webhooks", Set.of("/webhooks/"),
          "solar-relay-console", Set.of("/console", "/login"));

  private static final Set<String> SIGN_IN =
      Set.of(
          "RELAY_OIDC_ENABLED",
          "RELAY_OIDC_URL",
          "QUARKUS_OIDC_AUTHENTICATION_FORCE_REDIRECT_HTTPS_SCHEME",
          "QUARKUS_OIDC_AUTHENTICATION_COOKIE_FORCE_SECURE");

  private static final Set<String> LIMITS =
      Set.of("nginx.org/client-max-body-size", "nginx.org/limit-req-rate");

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (JsonNode ingress : manifests.ofKind("Ingress")) {
      ingress(new Findings(Manifests.title(ingress), problems), ingress);
    }
    if (manifests.find("Ingress", "solar-relay-console").isPresent()) {
      signIn(new Findings("Ingress solar-relay-console", problems), manifests);
    }
    for (JsonNode service : manifests.ofKind("Service")) {
      new Findings(Manifests.title(service), problems)
          .unless(
              service.at("/spec/type").asText("ClusterIP").equals("ClusterIP"),
              "can be reached from outside the cluster");
    }
    for (String direction : List.of("Ingress", "Egress")) {
      boolean held = policies(manifests, direction).findAny().isPresent();
      new Findings("NetworkPolicies", problems).unless(held, "do not hold " + direction);
    }
    policies(manifests, "Egress")
        .flatMap(policy -> each(policy.at("/spec/egress")))
        .filter(rule -> rule.path("to").isEmpty() || rule.path("ports").isEmpty())
        .forEach(rule -> problems.add("NetworkPolicies: a rule lets out more than it names"));
    return problems;
  }

  private static void ingress(Findings findings, JsonNode ingress) {
    List<String> hosts =
        each(ingress.at("/spec/tls"))
            .flatMap(tls -> each(tls.path("hosts")))
            .map(JsonNode::asText)
            .toList();
    Set<String> paths = PATHS.getOrDefault(Manifests.name(ingress), Set.of());
    for (JsonNode rule : ingress.at("/spec/rules")) {
      findings.unless(hosts.contains(rule.path("host").asText()), "has a host without TLS");
      each(rule.at("/http/paths"))
          .map(path -> path.path("path").asText())
          .forEach(path -> findings.unless(paths.contains(path), "lets in " + path));
    }
    findings.unless(!ingress.at("/spec").has("defaultBackend"), "lets in everything");
    LIMITS.forEach(
        limit ->
            findings.unless(
                ingress.at("/metadata/annotations").has(limit), "sets no limit by " + limit));
  }

  private static void signIn(Findings findings, Manifests manifests) {
    List<String> settings =
        manifests.ofKind("ConfigMap").stream()
            .filter(map -> Manifests.name(map).startsWith("solar-relay-settings"))
            .flatMap(map -> map.path("data").properties().stream())
            .map(Map.Entry::getKey)
            .toList();
    SIGN_IN.forEach(
        setting -> findings.unless(settings.contains(setting), "needs the setting " + setting));
  }

  private static Stream<JsonNode> policies(Manifests manifests, String direction) {
    return manifests.ofKind("NetworkPolicy").stream()
        .filter(
            policy ->
                each(policy.at("/spec/policyTypes"))
                    .anyMatch(type -> type.asText().equals(direction)));
  }
}
