package org.solarrelay.contract;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.HttpEndpointModel;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.junit.jupiter.api.Test;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.config.RelayConfig;

/** The OpenAPI document has exactly the endpoints of the program. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class OpenApiEndpointsTest {

  private static final String ADVICE =
      "served, against src/main/resources/contracts/openapi.yaml. An endpoint that is new gets an"
          + " entry under paths (copy its neighbour), with parameters, statuses and the schema of its"
          + " response under components; then render the page with "
          + ContractPage.COMMAND
          + " and give each of its statuses a request in OpenApiStatusesTest";

  @Inject BeanManager beans;
  @Inject CamelContext camel;
  @Inject RelayConfig config;

  @Test
  void exactlyTheEndpointsOfTheCodeAreDocumented() {
    assertThat(documented().keySet())
        .as(ADVICE)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(resources().map(Endpoint::name), Stream.concat(webhooks(), otherRoutes()))
                .toList());
  }

  @Test
  void parametersAndBodiesMatchTheCode() {
    Map<String, Operation> documented = documented();

    assertThat(resources())
        .allSatisfy(
            endpoint -> {
              Operation operation = documented.get(endpoint.name());
              assertThat(operation).as(endpoint.name() + " " + ADVICE).isNotNull();
              for (String in : List.of("path", "query", "header")) {
                assertThat(operation.parameters(in))
                    .as(endpoint.name() + ": parameters in " + in + " " + ADVICE)
                    .isEqualTo(endpoint.parameters(in));
              }
              assertThat(operation.node().has("requestBody"))
                  .as(endpoint.name() + " takes a body " + ADVICE)
                  .isEqualTo(endpoint.takesBody());
            });
  }

  @Test
  void everyOperationHasAnIdASummaryAndAKnownTag() {
    List<String> tags =
        Node.OPENAPI.get("tags").elements().stream().map(tag -> tag.text("name")).toList();

    assertThat(Operation.all())
        .allSatisfy(
            operation -> {
              assertThat(operation.id()).isNotBlank();
              assertThat(operation.node().text("summary")).isNotBlank();
              assertThat(tags).containsAll(operation.node().get("tags").texts());
              assertThat(operation.parameters())
                  .allSatisfy(parameter -> assertThat(parameter.text("description")).isNotBlank());
            })
        .extracting(Operation::id)
        .doesNotHaveDuplicates();
  }

  private static Map<String, Operation> documented() {
    return Operation.all().stream()
        .collect(toMap(Operation::name, operation -> operation, (a, b) -> b, TreeMap::new));
  }

  private Stream<Endpoint> resources() {
    return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
        .map(bean -> bean.getBeanClass())
        .filter(type -> type.isAnnotationPresent(Path.class))
        // pages are no interface for programs
        .filter(type -> !type.getPackageName().equals("org.solarrelay.console"))
        .flatMap(Endpoint::of);
  }

  /** One path below /webhooks for each source. */
  private Stream<String> webhooks() {
    return config.sources().entrySet().stream()
        .map(
            source ->
                "POST /webhooks/"
                    + source.getKey()
                    + (source.getValue().eventInPath() ? "/{event}" : ""));
  }

  private Stream<String> otherRoutes() {
    return camel
        .getComponent("platform-http", PlatformHttpComponent.class)
        .getHttpEndpoints()
        .stream()
        .filter(route -> !route.getUri().equals("/webhooks"))
        .flatMap(OpenApiEndpointsTest::names);
  }

  private static Stream<String> names(HttpEndpointModel route) {
    String verbs = route.getVerbs() == null ? "GET,POST,PUT,PATCH,DELETE" : route.getVerbs();
    return Stream.of(verbs.split(",")).map(verb -> verb.toUpperCase() + " " + route.getUri());
  }
}
