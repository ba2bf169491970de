package org.solarrelay.k8s;

import static org.solarrelay.k8s.Manifests.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks every pod: Kubernetes' "restricted" standard, resource limits, own service account. */
final class PodPolicyCheck implements ManifestCheck {

  private static final Set<String> VOLUMES =
      Set.of(
          "configMap", "secret", "projected", "emptyDir", "persistentVolumeClaim", "downwardAPI");

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (JsonNode workload : manifests.workloads()) {
      Findings findings = new Findings(Manifests.title(workload), problems);
      pod(findings, Manifests.podOf(workload));
      Manifests.containersOf(workload).forEach(container -> container(findings, container));
    }
    return problems;
  }

  private static void pod(Findings findings, JsonNode pod) {
    String account = pod.path("serviceAccountName").asText("default");
    findings.unless(!account.equals("default"), "runs as the default service account");
    findings.unless(isFalse(pod.path("automountServiceAccountToken")), "is given a token");
    findings.unless(isFalse(pod.path("enableServiceLinks")), "is given the variables of Services");
    JsonNode context = pod.path("securityContext");
    findings.unless(isTrue(context.path("runAsNonRoot")), "may run as root");
    findings.unless(context.path("runAsUser").asLong() > 0, "names no user by number");
    findings.unless(
        context.at("/seccompProfile/type").asText().equals("RuntimeDefault"), "has no seccomp");
    for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
      findings.unless(!isTrue(pod.path(shared)), "shares with its node: " + shared);
    }
    each(pod.path("volumes"))
        .filter(volume -> VOLUMES.stream().noneMatch(volume::has))
        .forEach(volume -> findings.add("has a volume of a kind that is not allowed: " + volume));
  }

  private static void container(Findings findings, JsonNode container) {
    JsonNode context = container.path("securityContext");
    findings.unless(isFalse(context.path("allowPrivilegeEscalation")), "may gain privileges");
    findings.unless(!isTrue(context.path("privileged")), "is privileged");
    findings.unless(context.path("runAsUser").asLong(1) > 0, "has a container that runs as root");
    findings.unless(
        each(context.at("/capabilities/drop")).anyMatch(dropped -> dropped.asText().equals("ALL")),
        "keeps capabilities");
    findings.unless(context.at("/capabilities/add").isEmpty(), "adds capabilities");
    findings.unless(hasVersion(container.path("image").asText()), "has an image without a version");
    for (String amount :
        List.of("/requests/cpu", "/requests/memory", "/limits/cpu", "/limits/memory")) {
      findings.unless(!container.at("/resources" + amount).isMissingNode(), "has no " + amount);
    }
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      findings.unless(container.has(probe), "has no " + probe);
    }
    each(container.path("ports"))
        .forEach(port -> findings.unless(!port.has("hostPort"), "takes a port of its node"));
  }

  /** Whether the image has a tag other than latest, or a digest. */
  static boolean hasVersion(String image) {
    String last = image.substring(image.lastIndexOf('/') + 1);
    return last.contains("@sha256:") || last.contains(":") && !last.endsWith(":latest");
  }

  private static boolean isTrue(JsonNode value) {
    return value.isBoolean() && value.booleanValue();
  }

  private static boolean isFalse(JsonNode value) {
    return value.isBoolean() && !value.booleanValue();
  }
}
