package org.solarrelay.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
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
  private static final String HOST = "console.example.org";
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

  @Test
  void theConsoleIsServedToThoseWhoSignInAndAlertsLinkToIt() throws IOException {
    addConsole();
    edit("kustomization.yaml", text -> text.replace("host=relay.example.com", "host=" + HOST));

    assertThat(new ExposureCheck().problems(render()))
        .containsExactly("Ingress solar-relay-console: needs the setting RELAY_OIDC_URL");
    edit(
        "settings.env", text -> text + "\nRELAY_OIDC_URL=https://login.example.com/realms/solar\n");
    Manifests rendered = render();

    assertChecksPass(rendered);
    assertThat(new ExposureCheck().problems(rendered)).isEmpty();
    JsonNode ingress = rendered.find("Ingress", "solar-relay-console").orElseThrow();
    assertThat(ingress.findValuesAsText("host")).containsExactly(HOST);
    assertThat(ingress.at("/spec/tls/0/hosts/0").asText()).isEqualTo(HOST);
    assertThat(ingress.findValuesAsText("path")).contains(redirectPath().replaceFirst("/$", ""));
    assertThat(rendered.find("NetworkPolicy", "solar-relay-inbound").orElseThrow().toString())
        .contains("nginx-internal");
    assertThat(
            rendered
                .find("PrometheusRule", "solar-relay")
                .orElseThrow()
                .findValuesAsText("console"))
        .isNotEmpty()
        .allMatch(link -> link.startsWith("https://" + HOST + "/console"));
  }

  private void addConsole() throws IOException {
    edit(
        "kustomization.yaml",
        text ->
            text.replace(
                "components/external-secrets\n",
                "components/external-secrets\n  - ../../components/console-ingress\n"));
  }

  /** The path to which the identity provider leads browsers. */
  private static String redirectPath() throws IOException {
    Properties settings = new Properties();
    try (Reader file =
        Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
      settings.load(file);
    }
    return settings.getProperty("quarkus.oidc.authentication.redirect-path");
  }

  static List<String> changesOfThePage() throws IOException {
    return blocks("patches:", "labels:");
  }

  @ParameterizedTest
  @MethodSource("changesOfThePage")
  void aChangeOfThePageHasAnEffectAndPassesAllChecks(String change) throws IOException {
    if (change.contains("solar-relay-console")) {
      addConsole();
    }
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

    assertThat(objects).extracting(Manifests::kind).contains("Kafka");
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
