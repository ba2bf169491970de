package org.solarrelay.k8s;

import static org.solarrelay.k8s.Manifests.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Checks that Services, Ingresses, selectors and scaling refer to existing pods. */
final class ReferencesCheck implements ManifestCheck {

  private static final Map<String, String> SELECTORS =
      Map.of(
          "Service", "/spec/selector",
          "PodDisruptionBudget", "/spec/selector/matchLabels",
          "NetworkPolicy", "/spec/podSelector/matchLabels",
          "PodMonitor", "/spec/selector/matchLabels");

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (JsonNode object : manifests.objects()) {
      Findings findings = new Findings(Manifests.title(object), problems);
      String selector = SELECTORS.get(Manifests.kind(object));
      if (selector != null) {
        List<JsonNode> pods = Pods.with(object.at(selector), manifests).toList();
        findings.unless(!pods.isEmpty(), "selects no pod: " + object.at(selector));
        ports(object).forEach(port -> checkPort(findings, pods, port));
      }
      backends(object).forEach(backend -> backend(findings, manifests, backend));
      JsonNode scaled = object.at("/spec/scaleTargetRef/name");
      findings.unless(
          scaled.isMissingNode() || manifests.find("Deployment", scaled.asText()).isPresent(),
          "scales what is not there");
    }
    return problems;
  }

  /** The pod ports to which an object refers. */
  private static Stream<JsonNode> ports(JsonNode object) {
    Stream<JsonNode> scraped = each(object.at("/spec/podMetricsEndpoints"));
    return switch (Manifests.kind(object)) {
      case "Service" ->
          each(object.at("/spec/ports"))
              .map(port -> port.has("targetPort") ? port.path("targetPort") : port.path("port"));
      case "PodMonitor" -> scraped.map(endpoint -> endpoint.path("port"));
      default -> Stream.empty();
    };
  }

  private static void checkPort(Findings findings, List<JsonNode> pods, JsonNode port) {
    findings.unless(
        pods.stream().flatMap(Manifests::containersOf).anyMatch(one -> Pods.hasPort(one, port)),
        "leads to no port " + port);
  }

  private static Stream<JsonNode> backends(JsonNode ingress) {
    return each(ingress.at("/spec/rules"))
        .flatMap(rule -> each(rule.at("/http/paths")))
        .map(path -> path.at("/backend/service"));
  }

  private static void backend(Findings findings, Manifests manifests, JsonNode backend) {
    String name = backend.path("name").asText();
    String port = backend.at("/port/name").asText();
    findings.unless(
        manifests.find("Service", name).stream()
            .flatMap(service -> each(service.at("/spec/ports")))
            .anyMatch(one -> one.path("name").asText().equals(port)),
        "leads to no Service " + name + " with a port " + port);
  }
}
