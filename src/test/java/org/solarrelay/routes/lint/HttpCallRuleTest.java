package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallRuleTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{uri: 'https://api.acme.example/v2/contacts', parameters: {httpMethod: POST}}",
        "{uri: 'https://api.acme.example/v2/contacts', parameters: {httpMethod: GET, expand: all}}",
        "{uri: https, parameters: {httpUri: 'api.acme.example/v2', httpMethod: POST}}",
        "{uri: 'http://intranet:8080/hooks'}",
        "{uri: '{{relay.destinations.acme.url}}/v2', parameters: {httpMethod: POST}}"
      })
  void aRouteCallsAHostThatItsFileOrTheConfigurationNames(String to) {
    assertThat(EditedFolder.with("deliver-acme.camel.yaml", route("to: " + to)).problems())
        .isEmpty();
  }

  @Test
  void pathAndQueryMayComeOfTheMessage() {
    String uri = "'https://api.acme.example/v2/${body.subject}?httpMethod=GET&id=${body.id}'";

    assertThat(problems("toD: {uri: %s}".formatted(uri))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://${header.host}/v2",
        "https:${header.host}/v2",
        "https://api.${header.host}/v2",
        "https://api.acme.example${header.path}",
        "https://key@${body.source}.acme.example"
      })
  void aHostComesOfNoMessage(String uri) {
    assertThat(problems("toD: {uri: '%s'}".formatted(uri)))
        .containsExactly(
            "deliver-acme.camel.yaml:7: a message decides which host is called. Write the host into"
                + " the URI; only its path and query may hold ${…}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://enerflo.io/api/v3/installs",
        "https://api.enerflo.io",
        "https:enerflo.io/api",
        "https://solarproof.com.au/apidata.php",
        "https://API-utility.flip.energy:443/v1",
        "{{relay.destinations.flip.url}}/v1"
      })
  void aRouteCallsNoVendor(String uri) {
    assertThat(problems("to: {uri: '%s'}".formatted(uri)))
        .hasSize(1)
        .first()
        .asString()
        .startsWith(
            "deliver-acme.camel.yaml:7: a route file calls a vendor by https. Put the call");
  }

  @ParameterizedTest
  @CsvSource({
    "followRedirects, true",
    "follow-redirects, true",
    "responseTimeout, 600000",
    "proxyHost, other.example",
    "httpClient.redirectsEnabled, true",
    "userAgent, mine"
  })
  void whatTheProgramSetsForAllCallsIsRejected(String option, String value) {
    String call = "to: {uri: 'https://api.acme.example/v2', parameters: {%s: %s}}";

    assertThat(problems(call.formatted(option, value)))
        .containsExactly(
            "deliver-acme.camel.yaml:7: https sets \"%s\", which has one value for all calls. Remove"
                    .formatted(option)
                + " it; an endpoint may set "
                + HttpCallOptions.OPEN);
  }

  @Test
  void aMisspeltOptionIsNoParameterOfTheQuery() {
    String call = "to: {uri: 'https://api.acme.example/v2', parameters: {htpMethod: POST}}";

    assertThat(problems(call))
        .containsExactly(
            "deliver-acme.camel.yaml:7: https has no option \"htpMethod\". Did you mean"
                + " \"httpMethod\"? A parameter of the URL's query with that name goes into the"
                + " header CamelHttpQuery");
  }

  @Test
  void anOptionsValueHasItsType() {
    String call = "to: {uri: 'https://api.acme.example/v2', parameters: {httpMethod: FETCH}}";

    assertThat(problems(call))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("deliver-acme.camel.yaml:7: httpMethod cannot be \"FETCH\".");
  }

  @Test
  void noHeaderNamesTheUrl() {
    String steps =
        """
        setHeader: {name: CamelHttpUri, expression: {simple: {expression: "${body.source}"}}}
                - to: {uri: 'https://api.acme.example/v2'}""";

    assertThat(problems(steps))
        .containsExactly(
            "deliver-acme.camel.yaml:7: a header names the URL to call. Write the URL into the URI"
                + " of the call");
  }

  @Test
  void theHeadersOfASenderDoNotLeave() {
    String route =
        """
        - route:
            id: acme-orders
            description: Orders to Acme
            from:
              uri: kafka:orders
              steps:
                - to: {uri: 'https://api.acme.example/v2'}
        """;

    assertThat(EditedFolder.with("acme-orders.camel.yaml", route).problems())
        .containsExactly(
            "acme-orders.camel.yaml:5: a route that begins at kafka: loses a message on which it"
                + " fails. Write \"uri: topic:orders\"",
            "acme-orders.camel.yaml:7: the headers of the sender would leave with the call. Begin"
                + " with \"- removeHeaders:\" with \"pattern: '*'\"");
  }

  @Test
  void aKameletMayCallByHttpsAndRemovesAllHeadersAsWell() {
    assertThat(
            EditedFolder.with(
                    "kamelets/crm-callback-sink.kamelet.yaml",
                    "uri: vertx-http:http://crm.invalid",
                    "uri: https://crm.example.com")
                .and(
                    "kamelets/crm-callback-sink.kamelet.yaml",
                    "              webClientOptions: \"#bean:vendorWebClientOptions\"\n"
                        + "              vertxHttpBinding: \"#bean:vendorHttpBinding\"\n",
                    "")
                .problems())
        .isEmpty();
  }

  @Test
  void theExampleOfTheReadmeIsFine() throws IOException {
    String readme = Files.readString(Path.of("routes/README.md"));
    String example = readme.replaceFirst("(?s).*## A call by `https:`.*?```yaml\n(.*?)```.*", "$1");

    assertThat(example).startsWith("- route:").contains("uri: https://");
    assertThat(EditedFolder.with("deliver-acme.camel.yaml", example).problems()).isEmpty();
  }

  /** After an upgrade of Camel each new option must be classified. */
  @Test
  void everyOptionIsOpenOrFixed() {
    DefaultRuntimeCamelCatalog catalogue = new DefaultRuntimeCamelCatalog();
    catalogue.setCamelContext(new SimpleCamelContext(false));
    Set<String> undecided = new TreeSet<>();
    catalogue
        .componentModel("https")
        .getEndpointParameterOptions()
        .forEach(option -> undecided.add(option.getName()));
    assertThat(undecided).contains("httpMethod", "followRedirects");
    undecided.removeIf(HttpCallOptions::isOpen);
    undecided.removeIf(HttpCallOptions::isFixed);

    assertThat(undecided).isEmpty();
  }

  private static Iterable<String> problems(String step) {
    return EditedFolder.with("deliver-acme.camel.yaml", route(step)).problems();
  }

  private static String route(String step) {
    return """
        - route:
            id: deliver-acme
            description: New leads to Acme
            from:
              uri: delivery:acme
              steps:
                - %s
        """
        .formatted(step);
  }
}
