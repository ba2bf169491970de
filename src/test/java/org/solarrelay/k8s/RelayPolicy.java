package org.solarrelay.k8s;

import static org.solarrelay.k8s.Manifests.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is asked of the relay's own Deployment. */
final class RelayPolicy implements Check {

  private final Duration drain;

  /**
   * @param drain how long the program takes to let calls in flight end
   */
  RelayPolicy(Duration drain) {
    this.drain = drain;
  }

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    JsonNode deployment = manifests.find("Deployment", "solar-relay").orElseThrow();
    Findings found = new Findings(Manifests.title(deployment), problems);
    rollOut(found, deployment.at("/spec/strategy"));
    pod(found, Manifests.podOf(deployment));
    container(found, Manifests.podOf(deployment).at("/containers/0"));
    return problems;
  }

  private static void rollOut(Findings found, JsonNode strategy) {
    found.unless(strategy.path("type").asText().equals("RollingUpdate"), "does not roll");
    found.unless(strategy.at("/rollingUpdate/maxUnavailable").asInt(1) == 0, "rolls with a gap");
    found.unless(strategy.at("/rollingUpdate/maxSurge").asInt() == 1, "does not surge by one");
  }

  private void pod(Findings found, JsonNode pod) {
    found.unless(
        pod.path("terminationGracePeriodSeconds").asLong(30) > drain.toSeconds(),
        "is killed before it has drained");
    found.unless(!pod.path("topologySpreadConstraints").isEmpty(), "may run all on one node");
  }

  private static void container(Findings found, JsonNode container) {
    found.unless(
        container.at("/securityContext/readOnlyRootFilesystem").asBoolean(), "can write its root");
    found.unless(
        each(container.path("volumeMounts"))
            .anyMatch(mount -> mount.path("mountPath").asText().equals("/tmp")),
        "has no /tmp to write to");
    probe(found, container, "startupProbe", "/q/health/started");
    probe(found, container, "livenessProbe", "/q/health/live");
    probe(found, container, "readinessProbe", "/q/health/ready");
  }

  private static void probe(Findings found, JsonNode container, String name, String path) {
    JsonNode get = container.at("/" + name + "/httpGet");
    found.unless(
        get.path("path").asText().equals(path) && get.path("port").asText().equals("management"),
        name + " does not ask " + path + " at the management port");
  }
}
