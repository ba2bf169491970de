package org.solarrelay.k8s;

import static org.solarrelay.k8s.Manifests.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Checks the relay's own Deployment. */
final class DeploymentCheck implements ManifestCheck {

  private final Duration drain;

  /**
   * Creates the check.
   *
   * @param drain how long the relay waits for running calls when it stops
   */
  DeploymentCheck(Duration drain) {
    this.drain = drain;
  }

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    JsonNode deployment = manifests.find("Deployment", "solar-relay").orElseThrow();
    Findings findings = new Findings(Manifests.title(deployment), problems);
    rollOut(findings, deployment.at("/spec/strategy"));
    pod(findings, Manifests.podOf(deployment));
    container(findings, Manifests.podOf(deployment).at("/containers/0"));
    return problems;
  }

  private static void rollOut(Findings findings, JsonNode strategy) {
    findings.unless(strategy.path("type").asText().equals("RollingUpdate"), "does not roll");
    findings.unless(strategy.at("/rollingUpdate/maxUnavailable").asInt(1) == 0, "rolls with a gap");
    findings.unless(strategy.at("/rollingUpdate/maxSurge").asInt() == 1, "does not surge by one");
  }

  private void pod(Findings findings, JsonNode pod) {
    findings.unless(
        pod.path("terminationGracePeriodSeconds").asLong(30) > drain.toSeconds(),
        "is killed before it has drained");
    findings.unless(!pod.path("topologySpreadConstraints").isEmpty(), "may run all on one node");
  }

  private static void container(Findings findings, JsonNode container) {
    findings.unless(
        container.at("/securityContext/readOnlyRootFilesystem").asBoolean(), "can write its root");
    findings.unless(
        each(container.path("volumeMounts"))
            .anyMatch(mount -> mount.path("mountPath").asText().equals("/tmp")),
        "has no /tmp to write to");
    probe(findings, container, "startupProbe", "/q/health/started");
    probe(findings, container, "livenessProbe", "/q/health/live");
    probe(findings, container, "readinessProbe", "/q/health/ready");
  }

  private static void probe(Findings findings, JsonNode container, String name, String path) {
    JsonNode get = container.at("/" + name + "/httpGet");
    findings.unless(
        get.path("path").asText().equals(path) && get.path("port").asText().equals("management"),
        name + " does not ask " + path + " at the management port");
  }
}
