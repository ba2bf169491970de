package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.routes.Bench.add;
import static org.solarrelay.routes.Bench.route;
import static org.solarrelay.routes.Bench.to;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.event.AddedTypes;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventReader;
import org.solarrelay.routes.lint.Lint;

class ReloadTest {

  private static final String A = "a.camel.yaml";
  private static final String B = "b.camel.yaml";
  private static final Lint LINT = new Lint();

  private Bench bench;
  private Reload reload;
  private Map<String, String> files;

  @BeforeEach
  void twoRoutes() throws Exception {
    bench = new Bench(A, route("a", add("1")), B, route("b", add("1")));
    files = new TreeMap<>(bench.files);
    reload =
        new Reload(
            bench.routes, new Judge(() -> LINT, new Entries(Set.of("direct:a"))), bench.files);
  }

  @AfterEach
  void close() {
    bench.close();
    AddedTypes.adopt(Map.of());
  }

  @Test
  void aFileSavedHalfWayIsRejectedAndTheRestOfItIsTaken() {
    save(A, route("a", add("2")).substring(0, 90));
    assertThat(bench.send("a")).isEqualTo("1");
    assertThat(state(A).state()).isEqualTo("rejected");
    assertThat(state(A).problems()).isNotEmpty();

    save(A, route("a", add("2")));
    assertThat(bench.send("a")).isEqualTo("2");
    assertThat(state(A).state()).isEqualTo("ok");
    assertThat(state(A).lastError().text()).startsWith(A);
  }

  @Test
  void aRouteThatCamelCanNotStartIsRejectedAndOtherChangesAreTaken() {
    files.put(A, route("a", add("2")));
    save(B, route("b", add("2"), to("timer:x?period=1000")));

    assertThat(bench.send("a") + bench.send("b")).isEqualTo("21");
    assertThat(state(A).state()).isEqualTo("ok");
    assertThat(state(B).problems().get(0).problem()).contains("can not be started");
    assertThat(reload.states().rejected()).isEqualTo(1);
  }

  @Test
  void aNewFileIsTaken() {
    save("c.camel.yaml", route("c", to("direct:a")));

    assertThat(bench.send("c")).isEqualTo("1");
    assertThat(state("c.camel.yaml").changedAt()).isNotNull();
  }

  @Test
  void anEventTypeThatAFileAddsIsKnownAtOnceAndStaysWhileALaterVersionIsRejected() {
    String file = "schemas/permit.issued.schema.json";
    save(file, "{\"x-topic\":\"solar.projects\"}");
    assertThat(state(file).state()).isEqualTo("ok");

    save(file, "{\"x-topic\":");
    assertThat(state(file).state()).isEqualTo("rejected");
    byte[] data = "{\"type\":\"permit.issued\"}".getBytes(StandardCharsets.UTF_8);
    Event event = EventReader.read("solar.projects", 0, 0, 0, "P-1", new RecordHeaders(), data);
    assertThat(event.type()).isEqualTo("permit.issued");
  }

  @Test
  void aRejectedNewFileShowsWithoutEverHavingRun() {
    save("c.camel.yaml", "- rote:\n");

    assertThat(state("c.camel.yaml").state()).isEqualTo("rejected");
    assertThat(state("c.camel.yaml").changedAt()).isNull();
  }

  @Test
  void aDeletedFileGoesUnlessMessagesComeThere() {
    files.remove(A);
    files.remove(B);
    reload.changed(files);

    assertThat(bench.send("a")).isEqualTo("1");
    assertThat(state(A).state()).isEqualTo("rejected");
    assertThat(bench.exchange("b").getException()).isNotNull();
    assertThat(paths()).containsExactly(A);
  }

  private void save(String file, String text) {
    files.put(file, text);
    reload.changed(files);
  }

  private FileStates.State state(String file) {
    return reload.states().all().stream()
        .filter(it -> it.path().equals(file))
        .findFirst()
        .orElseThrow();
  }

  private List<String> paths() {
    return reload.states().all().stream().map(FileStates.State::path).toList();
  }
}
