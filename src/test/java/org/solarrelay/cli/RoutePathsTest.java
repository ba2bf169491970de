package org.solarrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutePathsTest {

  @TempDir Path elsewhere;

  @Test
  void aCopyElsewhereTakesThePlaceOfTheFileOfItsName() throws IOException {
    for (String path : List.of("fan-out.camel.yaml", "kamelets/crm-callback-sink.kamelet.yaml")) {
      Path copy = elsewhere.resolve(Path.of(path).getFileName());
      Files.copy(Path.of("routes").resolve(path), copy);

      assertThat(RoutePaths.within(Path.of("routes"), copy.toString())).isEqualTo(path);
    }
  }

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
  void aNameResolvesToAPathInTheFolder(String named, String path) {
    assertThat(RoutePaths.within(Path.of("routes"), named)).isEqualTo(path);
  }
}
