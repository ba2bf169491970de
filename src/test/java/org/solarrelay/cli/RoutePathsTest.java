package org.solarrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutePathsTest {

  @ParameterizedTest
  @CsvSource({
    "fan-out, fan-out.camel.yaml",
    "fan-out.camel.yaml, fan-out.camel.yaml",
    "routes/fan-out.camel.yaml, fan-out.camel.yaml",
    "/elsewhere/fan-out.camel.yaml, fan-out.camel.yaml",
    "crm-callback-sink, kamelets/crm-callback-sink.kamelet.yaml",
    "destinations, destinations.yaml",
    "schemas/permit.issued.schema.json, schemas/permit.issued.schema.json",
    "deliver-gone, deliver-gone.camel.yaml",
    "routes/samples/answers/crm-callback-sink.yaml, samples/answers/crm-callback-sink.yaml"
  })
  void aFileIsNamedByItsPathOrByWhatItHolds(String named, String path) {
    assertThat(RoutePaths.within(Path.of("routes"), named)).isEqualTo(path);
  }
}
