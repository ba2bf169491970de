package org.solarrelay.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check reports the problem when one value of the valid manifests is changed. */
class BrokenManifestsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RELAY = "/spec/template/spec";
  private static final String CONTAINER = RELAY + "/containers/0";
  private static final Map<String, ManifestCheck> CHECKS =
      Map.of(
          "types", new TypedModelsCheck(),
          "pods", new PodPolicyCheck(),
          "relay", new DeploymentCheck(Duration.ofSeconds(25)),
          "podReferences", new PodReferencesCheck(),
          "references", new ReferencesCheck(),
          "settings", new SettingNamesCheck(),
          "secrets", new SecretsCheck(),
          "exposure", new ExposureCheck(),
          "size", new AppliedSizeCheck());

  private static Manifests sound;

  @BeforeAll
  static void render() {
    sound = Kustomize.render(Path.of("k8s", "overlays", "production"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "types | Deployment solar-relay | C/livenessProbe/httpGet/pth | `\"/q\"` | `\"pth\"`",
        "types | Deployment solar-relay | C/securityContext/readOnlyRootFileSystem | true | readOnlyRootFileSystem",
        "types | Deployment solar-relay | /spec/replicas | `\"many\"` | many",
        "types | Deployment solar-relay | /apiVersion | `\"apps/v2\"` | nothing here knows",
        "types | Deployment solar-relay | C/env | `[{\"name\":\"A\",\"value\":1}]` | Cannot coerce",
        "types | Deployment solar-relay | P/terminationGracePeriodSeconds | `\"75\"` | Cannot coerce",
        "types | Service solar-relay | /spec/port | 80 | `\"port\"`",
        "types | Ingress solar-relay-webhooks | /spec/rules/0/http/paths/0/backend/serviceName | `\"a\"` | serviceName",
        "types | NetworkPolicy solar-relay-inbound | /spec/ingres | [] | ingres",
        "types | PodMonitor solar-relay | /spec/podMetricsEndpoints/0/scrapeEvery | `\"30s\"` | scrapeEvery",
        "types | KafkaTopic solar.inbox | /spec/partition | 12 | `\"partition\"`",
        "types | KafkaUser solar-relay | /spec/authorization/acls/0/resource/prefix | `\"solar\"` | prefix",
        "types | ScaledObject solar-relay | /spec/maxReplicas | 12 | maxReplicas",
        "types | ScaledObject solar-relay | /spec/triggers/0/metadata/lagThreshold | 2000 | string",
        "types | TriggerAuthentication solar-relay-lag | /spec/secretTargetRef/0/parameter | `\"user\"` | enumeration",
        "types | ExternalSecret solar-relay | /spec/target/nam | `\"a\"` | nam",
        "pods | Deployment solar-relay | P/securityContext/runAsNonRoot | false | may run as root",
        "pods | Deployment solar-relay | P/securityContext/runAsUser | 0 | names no user by number",
        "pods | Deployment solar-relay | P/securityContext/seccompProfile | - | has no seccomp",
        "pods | Deployment solar-relay | P/serviceAccountName | - | default service account",
        "pods | Deployment solar-relay | P/automountServiceAccountToken | - | is given a token",
        "pods | Deployment solar-relay | P/enableServiceLinks | - | variables of Services",
        "pods | Deployment solar-relay | P/hostNetwork | true | shares with its node: hostNetwork",
        "pods | Deployment solar-relay | P/volumes/0 | `{\"name\":\"tmp\",\"hostPath\":{\"path\":\"/\"}}` | not allowed",
        "pods | Deployment solar-relay | C/image | `\"solar-relay:latest\"` | image without a version",
        "pods | Deployment solar-relay | C/image | `\"registry:5000/solar-relay\"` | image without a version",
        "pods | Deployment solar-relay | C/resources/limits/memory | - | has no /limits/memory",
        "pods | Deployment solar-relay | C/resources/requests | - | has no /requests/cpu",
        "pods | Deployment solar-relay | C/readinessProbe | - | has no readinessProbe",
        "pods | Deployment solar-relay | C/securityContext/capabilities | - | keeps capabilities",
        "pods | Deployment solar-relay | C/securityContext/allowPrivilegeEscalation | - | gain privileges",
        "pods | Deployment solar-relay | C/ports/0/hostPort | 8080 | takes a port of its node",
        "relay | Deployment solar-relay | P/terminationGracePeriodSeconds | 25 | before it has drained",
        "relay | Deployment solar-relay | P/topologySpreadConstraints | [] | all on one node",
        "relay | Deployment solar-relay | /spec/strategy/rollingUpdate/maxUnavailable | 1 | rolls with a gap",
        "relay | Deployment solar-relay | C/securityContext/readOnlyRootFilesystem | false | can write its root",
        "relay | Deployment solar-relay | C/readinessProbe/httpGet/port | `\"http\"` | readinessProbe does not ask",
        "podReferences | Deployment solar-relay | P/serviceAccountName | `\"relay\"` | no account relay",
        "podReferences | Deployment solar-relay | C/volumeMounts/1/name | `\"rutes\"` | no volume rutes",
        "podReferences | Deployment solar-relay | C/envFrom/0/configMapRef/name | `\"other\"` | no ConfigMap other",
        "podReferences | Deployment solar-relay | C/livenessProbe/httpGet/port | 9001 | a probe asks no port 9001",
        "podReferences | Deployment solar-relay | /spec/selector/matchLabels | `{\"app\":\"x\"}` | other pods than its own",
        "references | Service solar-relay | /spec/ports/0/targetPort | `\"web\"` | leads to no port",
        "references | PodDisruptionBudget solar-relay | /spec/selector/matchLabels | `{\"app\":\"x\"}` | selects no pod",
        "references | NetworkPolicy solar-relay-inbound | /spec/podSelector/matchLabels | `{\"app\":\"x\"}` | selects no pod",
        "references | PodMonitor solar-relay | /spec/selector/matchLabels | `{\"app\":\"x\"}` | selects no pod",
        "references | PodMonitor solar-relay | /spec/podMetricsEndpoints/0/port | `\"metrics\"` | leads to no port",
        "references | Ingress solar-relay-webhooks | /spec/rules/0/http/paths/0/backend/service/name | `\"x\"` | no Service x",
        "references | ScaledObject solar-relay | /spec/scaleTargetRef/name | `\"relay\"` | scales what is not there",
        "settings | Deployment solar-relay | C/env | `[{\"name\":\"ENERFLO_KEY\"}]` | sets ENERFLO_KEY, which nothing reads",
        "settings | Deployment solar-relay | C/volumeMounts/1/mountPath | `\"/etc/x\"` | reads no Secret as settings",
        "settings | Deployment solar-relay | C/envFrom | [] | does not set RELAY_DB_URL",
        "exposure | Ingress solar-relay-webhooks | /spec/rules/0/http/paths/0/path | `\"/\"` | lets in /",
        "exposure | Ingress solar-relay-webhooks | /spec/tls | [] | has a host without TLS",
        "exposure | Ingress solar-relay-webhooks | /metadata/annotations | {} | sets no limit by nginx.org/limit-req-rate",
        "exposure | Service solar-relay | /spec/type | `\"NodePort\"` | can be reached from outside",
        "exposure | NetworkPolicy solar-relay-outbound | /spec/policyTypes | [] | do not hold Egress",
        "exposure | NetworkPolicy solar-relay-outbound | /spec/egress/0/to | [] | lets out more than it names",
        "secrets | ConfigMap solar-relay-answers | /data/FLIP_API_KEY | `\"k\"` | holds the value of FLIP_API_KEY",
        "secrets | ConfigMap solar-relay-answers | /kind | `\"Secret\"` | is in the manifests"
      })
  void theProblemIsReported(
      String check, String object, String pointer, String value, String problem) throws Exception {
    String path = pointer.replaceFirst("^C", CONTAINER).replaceFirst("^P/", RELAY + "/");

    assertThat(CHECKS.get(check).problems(sound)).isEmpty();
    assertThat(CHECKS.get(check).problems(broken(object, path, value)))
        .anySatisfy(found -> assertThat(found).contains(problem));
  }

  @Test
  void anObjectThatIsTooLargeForKubectlIsReported() throws Exception {
    String large = JSON.writeValueAsString("x".repeat(200 * 1024));
    Manifests manifests = broken("ConfigMap solar-relay-kamelets", "/data/large", large);

    assertThat(CHECKS.get("size").problems(manifests))
        .singleElement()
        .asString()
        .contains("too large");
  }

  /**
   * @param value JSON, or - for none
   */
  private static Manifests broken(String title, String pointer, String value) throws Exception {
    List<JsonNode> copies =
        sound.objects().stream().map(object -> (JsonNode) object.deepCopy()).toList();
    JsonNode object =
        copies.stream()
            .filter(copy -> Manifests.title(copy).equals(title))
            .findFirst()
            .orElseThrow();
    String parent = pointer.substring(0, pointer.lastIndexOf('/'));
    String last = pointer.substring(pointer.lastIndexOf('/') + 1);
    change(object.at(parent), last, value);
    return new Manifests(copies);
  }

  private static void change(JsonNode parent, String last, String value) throws Exception {
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(last), JSON.readTree(value));
    } else if (value.equals("-")) {
      assertThat(((ObjectNode) parent).remove(last)).isNotNull();
    } else {
      ((ObjectNode) parent).set(last, JSON.readTree(value));
    }
  }
}
