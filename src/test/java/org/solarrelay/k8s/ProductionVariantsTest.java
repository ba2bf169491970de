package org.solarrelay.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Production passes all checks with other components and with the changes of docs/deploy.md. */
class ProductionVariantsTest {

  private static final Path PRODUCTION = Path.of("k8s", "overlays", "production");
  private static final Pattern YAML_BLOCK = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

  @TempDir private Path folder;

  @BeforeEach
  void copyTheManifests() throws IOException {
    for (String part : List.of("k8s", "routes")) {
      try (Stream<Path> files = Files.walk(Path.of(part))) {
        for (Path file : files.toList()) {
          Files.copy(file, folder.resolve(file));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "strimzi",
        "keda",
        "tls",
        "monitoring",
        "network-policy",
        "ingress",
        "external-secrets"
      })
  void anyComponentCanBeRemoved(String component) throws IOException {
    edit("kustomization.yaml", text -> without(text, "  - ../../components/" + component + "\n"));

    assertChecksPass(render());
  }

  @Test
  void withoutTlsTheSettingsHaveNoTls() throws IOException {
    edit("kustomization.yaml", text -> without(text, "  - ../../components/tls\n"));

    assertThat(settings(render()).fieldNames())
        .toIterable()
        .noneMatch(name -> name.matches("KAFKA_(SECURITY|SASL|SSL)_.*"));
  }

  @Test
  void aCertificateReplacesPasswords() throws IOException {
    edit("kustomization.yaml", text -> text.replace("components/tls\n", "components/mtls\n"));

    Manifests rendered = render();

    assertChecksPass(rendered);
    assertThat(settings(rendered).path("KAFKA_SECURITY_PROTOCOL").asText()).isEqualTo("SSL");
    assertThat(settings(rendered).has("KAFKA_SASL_MECHANISM")).isFalse();
    assertThat(rendered.ofKind("KafkaUser"))
        .hasSize(2)
        .allMatch(user -> user.at("/spec/authentication/type").asText().equals("tls"));
    assertThat(rendered.ofKind("TriggerAuthentication"))
        .flatMap(login -> login.findValuesAsText("parameter"))
        .contains("ca", "cert", "key");
  }

  @Test
  void kedaUsesTheKafkaOfTheSettings() throws IOException {
    String servers = "b-1.example.com:9094,b-2.example.com:9094";
    edit(
        "settings.env",
        text ->
            text.replaceFirst(
                "(?m)^KAFKA_BOOTSTRAP_SERVERS=.*", "KAFKA_BOOTSTRAP_SERVERS=" + servers));

    JsonNode scaled = render().find("ScaledObject", "solar-relay").orElseThrow();

    assertThat(scaled.findValuesAsText("bootstrapServers")).hasSize(4).containsOnly(servers);
  }

  static List<String> changesOfThePage() throws IOException {
    return blocks("patches:", "labels:");
  }

  @ParameterizedTest
  @MethodSource("changesOfThePage")
  void aChangeOfThePageHasAnEffectAndPassesAllChecks(String change) throws IOException {
    Manifests before = render();
    edit("kustomization.yaml", text -> text + "\n" + change);

    Manifests changed = render();

    assertChecksPass(changed);
    assertThat(changed).isNotEqualTo(before);
  }

  @Test
  void theObjectsOfThePageMatchTheirTypes() throws IOException {
    List<JsonNode> objects =
        blocks("apiVersion:").stream()
            .flatMap(block -> Manifests.of(block).objects().stream())
            // Traefik's types: no library on the class path has them
            .filter(object -> !object.path("apiVersion").asText().startsWith("traefik.io/"))
            .toList();

    assertThat(objects).extracting(Manifests::kind).contains("Kafka", "Ingress");
    assertThat(new TypedModelsCheck().problems(new Manifests(objects))).isEmpty();
  }

  private static List<String> blocks(String... beginnings) throws IOException {
    return YAML_BLOCK
        .matcher(Files.readString(Path.of("docs", "deploy.md")))
        .results()
        .map(found -> found.group(1))
        .filter(block -> Stream.of(beginnings).anyMatch(block::startsWith))
        .toList();
  }

  private static void assertChecksPass(Manifests manifests) {
    assertThat(OverlaysTest.EVERYWHERE).flatMap(check -> check.problems(manifests)).isEmpty();
    assertThat(new SecretsCheck().problems(manifests)).isEmpty();
  }

  private static JsonNode settings(Manifests manifests) {
    return manifests.ofKind("ConfigMap").stream()
        .filter(map -> Manifests.name(map).startsWith("solar-relay-settings-"))
        .findFirst()
        .orElseThrow()
        .path("data");
  }

  private static String without(String text, String line) {
    assertThat(text).contains(line);
    return text.replace(line, "");
  }

  private Manifests render() {
    return Kustomize.render(folder.resolve(PRODUCTION));
  }

  private void edit(String name, UnaryOperator<String> change) throws IOException {
    Path file = folder.resolve(PRODUCTION).resolve(name);
    Files.writeString(file, change.apply(Files.readString(file)));
  }
}
