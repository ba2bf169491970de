package org.solarrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.startup.StartupSettings;
import picocli.CommandLine;

/** The topics that {@code ./relay send} accepts without a running relay. */
class KnownTopicsTest {

  @TempDir Path routes;

  @Test
  void topicsOfEventsAndOfRouteFilesAreKnown() throws IOException {
    Files.writeString(
        routes.resolve("consume-permits.camel.yaml"),
        "- route: {id: consume-permits, from: {uri: 'topic:solar.permits,city.permits?maxRecords=5', steps: []}}");
    Files.writeString(
        routes.resolve("consume-visits.camel.yaml"),
        "- route: {id: consume-visits, from: {uri: topic, parameters: {names: solar.visits}, steps: []}}");

    for (String topic :
        new String[] {"solar.leads", "solar.permits", "city.permits", "solar.visits"}) {
      assertThatCode(() -> known().require(topic)).as(topic).doesNotThrowAnyException();
    }
    assertThatThrownBy(() -> known().require("solar.permit"))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "Nothing reads solar.permit. The topics are solar.leads, solar.projects,"
                + " solar.enrollments, city.permits, solar.permits, solar.visits. A route file that"
                + " begins at topic:solar.permit reads it.");
  }

  @Test
  void onlyTopicsOfEventsCarryEvents() {
    assertThat(KnownTopics.carriesEvents("solar.leads")).isTrue();
    assertThat(KnownTopics.carriesEvents("solar.permits")).isFalse();
  }

  private KnownTopics known() {
    RelayOptions nothingRuns = new RelayOptions();
    new CommandLine(
            CommandLine.Model.CommandSpec.create()
                .addMixin("relay", CommandLine.Model.CommandSpec.forAnnotatedObject(nothingRuns)))
        .parseArgs("--url", "http://localhost:1");
    return new KnownTopics(
        StartupSettings.of(Map.of("RELAY_ROUTES_DIR", routes.toString())), nothingRuns);
  }
}
