package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.http.RouteHttpComponent;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class RouteHttpInProgramTest {

  @Inject CamelContext camel;
  @Inject RelayConfig config;

  /** Camel finds the component of the program, not its own. */
  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void theProgramCallsByTheRulesOfItsConfiguration(String scheme) {
    RouteHttpComponent component = camel.getComponent(scheme, RouteHttpComponent.class);

    assertThat(component.getConnectTimeout()).isEqualTo(config.http().connectTimeout().toMillis());
    assertThat(component.getResponseTimeout())
        .isEqualTo(config.http().responseTimeout().toMillis());
    assertThat(component.getConnectionsPerRoute()).isEqualTo(config.http().connections());
    assertThat(component.isFollowRedirects()).isFalse();
  }
}
