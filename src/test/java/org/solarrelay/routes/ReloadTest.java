package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.routes.Bench.add;
import static org.solarrelay.routes.Bench.route;
import static org.solarrelay.routes.Bench.to;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.solarrelay.config.SpecMode;
import org.solarrelay.event.CustomEventTypes;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventReader;
import org.solarrelay.routes.lint.FolderFiles;
import org.solarrelay.routes.lint.Lint;
import org.solarrelay.routes.lint.Problem;
import org.solarrelay.routes.lint.RouteMistake;

class ReloadTest {

  private static final String A = "a.camel.yaml";
  private static final String B = "b.camel.yaml";
  private static final Lint LINT = new Lint();

  private Bench bench;
  private Reload reload;
  private NothingWrong specs;
  private Map<String, String> files;

  @BeforeEach
  void twoRoutes() throws Exception {
    bench = new Bench(A, route("a", add("1")), B, route("b", add("1")));
    files = new TreeMap<>(bench.files);
    reload =
        new Reload(
            bench.routes,
            new ChangeValidator(() -> LINT, new EntryPoints(Set.of("direct:a"))),
            bench.files);
  }

  @AfterEach
  void close() {
    bench.close();
    CustomEventTypes.adopt(Map.of());
  }

  @Test
  void aFileSavedHalfWayIsRejectedAndTheRestOfItIsTaken() {
    save(A, route("a", add("2")).substring(0, 90));
    assertThat(bench.send("a")).isEqualTo("1");
    assertThat(state(A).state()).isEqualTo(FileState.REJECTED);
    assertThat(state(A).problems()).isNotEmpty();

    save(A, route("a", add("2")));
    assertThat(bench.send("a")).isEqualTo("2");
    assertThat(state(A).state()).isEqualTo(FileState.OK);
    assertThat(state(A).lastError().orElseThrow().text()).startsWith(A);
  }

  @Test
  void aRouteThatCamelCannotStartIsRejectedAndOtherChangesAreTaken() {
    files.put(A, route("a", add("2")));
    save(B, route("b", add("2"), to("timer:x?period=1000")));

    assertThat(bench.send("a") + bench.send("b")).isEqualTo("21");
    assertThat(state(A).state()).isEqualTo(FileState.OK);
    assertThat(state(B).problems().get(0).message()).contains("cannot be started");
    assertThat(reload.states().rejected()).isEqualTo(1);
  }

  @Test
  void aChangeWhoseCheckFailsIsRejectedAndTheNextOneIsAccepted() {
    boolean[] broken = {true};
    ChangeValidator validator =
        new ChangeValidator(
            () -> {
              if (broken[0]) {
                throw new IllegalStateException("broken");
              }
              return LINT;
            },
            new EntryPoints(Set.of("direct:a")));
    reload = new Reload(bench.routes, validator, bench.files);
    save(A, route("a", add("2")));
    assertThat(bench.send("a")).isEqualTo("1");
    assertThat(state(A).state()).isEqualTo(FileState.REJECTED);
    assertThat(state(B).state()).isEqualTo(FileState.OK);

    broken[0] = false;
    save(A, route("a", add("3")));
    assertThat(bench.send("a")).isEqualTo("3");
    assertThat(state(A).state()).isEqualTo(FileState.OK);
  }

  @Test
  void aFileThatIsBeingCheckedSaysSoAndKeepsWhatTheCheckBeforeFound() {
    save(A, "- route: {");

    List<FileStatuses.State> all = reload.states().all(Set.of(A, "c.camel.yaml"));

    assertThat(all)
        .extracting(file -> file.path() + " " + file.state())
        .containsExactly(A + " CHECKING", B + " OK", "c.camel.yaml CHECKING");
    assertThat(all.get(0).problems()).isNotEmpty();
    assertThat(all.get(2).changedAt()).isEmpty();
  }

  @Test
  void aNewFileIsTaken() {
    save("c.camel.yaml", route("c", to("direct:a")));

    assertThat(bench.send("c")).isEqualTo("1");
    assertThat(state("c.camel.yaml").changedAt()).isPresent();
  }

  @Test
  void anEventTypeThatAFileAddsIsKnownAtOnceAndStaysWhileALaterVersionIsRejected() {
    String file = "schemas/permit.issued.schema.json";
    save(file, "{\"x-topic\":\"solar.projects\"}");
    assertThat(state(file).state()).isEqualTo(FileState.OK);

    save(file, "{\"x-topic\":");
    assertThat(state(file).state()).isEqualTo(FileState.REJECTED);
    byte[] data = "{\"type\":\"permit.issued\"}".getBytes(StandardCharsets.UTF_8);
    Event event = EventReader.read("solar.projects", 0, 0, 0, "P-1", new RecordHeaders(), data);
    assertThat(event.type()).isEqualTo("permit.issued");
  }

  @Test
  void aRejectedNewFileShowsWithoutEverHavingRun() {
    save("c.camel.yaml", "- rote:\n");

    assertThat(state("c.camel.yaml").state()).isEqualTo(FileState.REJECTED);
    assertThat(state("c.camel.yaml").changedAt()).isEmpty();
  }

  @Test
  void aDeletedFileGoesUnlessMessagesComeThere() {
    files.remove(A);
    files.remove(B);
    reload.changed(files);

    assertThat(bench.send("a")).isEqualTo("1");
    assertThat(state(A).state()).isEqualTo(FileState.REJECTED);
    assertThat(bench.exchange("b").getException()).isNotNull();
    assertThat(paths()).containsExactly(A);
  }

  @Test
  void aFileWhoseSpecFailsIsRejectedWithItsSpecAndTheOthersAreTaken() {
    withSpecs(SpecMode.REJECT);
    files.put(B, route("b", add("2")));
    save(A, route("a", add("wrong")));

    assertThat(bench.send("a") + bench.send("b")).isEqualTo("12");
    assertThat(state(A).state()).isEqualTo(FileState.REJECTED);
    assertThat(state(A).problems()).extracting(Problem::file).containsExactly("tests/a.test.yaml");
    assertThat(state(B).state()).isEqualTo(FileState.OK);
  }

  @Test
  void aFileIsTakenOnceItsSpecIsChangedAndAtRest() {
    withSpecs(SpecMode.REJECT);
    save(A, route("a", add("wrong")));

    assertThat(reload.recheckedFiles()).isEmpty();

    specs.allowed = "wrong";
    specs.state++;
    assertThat(reload.recheckedFiles()).containsExactly(A);
    reload.recheckAfterSpecChange();
    assertThat(state(A).state()).isEqualTo(FileState.REJECTED);
    assertThat(reload.recheckedFiles()).containsExactly(A);
    reload.recheckAfterSpecChange();

    assertThat(reload.recheckedFiles()).isEmpty();
    assertThat(state(A).state()).isEqualTo(FileState.OK);
    assertThat(bench.send("a")).isEqualTo("wrong");
  }

  @Test
  void whereSpecsOnlyWarnTheFileIsTakenAndSaysSoUntilTheSpecIsChanged() {
    withSpecs(SpecMode.WARN);
    save(A, route("a", add("wrong")));

    assertThat(bench.send("a")).isEqualTo("wrong");
    assertThat(state(A).state()).isEqualTo(FileState.OK);
    assertThat(state(A).problems()).isEmpty();
    assertThat(state(A).warnings()).hasSize(1);

    save(B, route("b", add("2")));
    assertThat(state(A).warnings()).hasSize(1);

    specs.allowed = "wrong";
    specs.state++;
    reload.recheckAfterSpecChange();
    reload.recheckAfterSpecChange();
    assertThat(state(A).warnings()).isEmpty();
  }

  private void withSpecs(SpecMode mode) {
    specs = new NothingWrong();
    ChangeValidator validator =
        new ChangeValidator(() -> LINT, new EntryPoints(Set.of("direct:a")));
    SpecGate gate = new SpecGate(mode, specs, (path, text) -> false);
    reload = new Reload(bench.routes, validator, gate, bench.files);
  }

  /** A spec of each file, which fails if the file contains the word wrong. */
  private static final class NothingWrong implements SpecCheck {

    private String allowed = "";
    private long state;

    @Override
    public List<Failure> failures(Map<String, String> before, Map<String, String> after) {
      return after.keySet().stream()
          .filter(file -> !after.get(file).equals(before.get(file)))
          .filter(file -> after.get(file).contains("wrong") && !allowed.equals("wrong"))
          .map(file -> new Failure(problem(file), Set.of(file)))
          .toList();
    }

    private static Problem problem(String file) {
      String spec = "tests/" + file.replace(".camel.yaml", ".test.yaml");
      return new Problem(spec, 1, 1, "a case fails", "Fix it");
    }

    @Override
    public long state() {
      return state;
    }
  }

  @Test
  void destinationsAreTakenBeforeTheRoutesAndGivenBackWhereThoseCannotStart() {
    bench.settings.clear();
    save("destinations.yaml", "slack: {url: 'https://slack.example'}");
    Map<String, String> taken = new TreeMap<>(files);
    assertThat(bench.settings).containsExactly(taken);
    assertThat(state("destinations.yaml").state()).isEqualTo(FileState.OK);

    files.put("destinations.yaml", "slack: {url: 'https://chat.example'}");
    save(A, route("a", add("1"), to("timer:a-secret?period=1000")));

    Map<String, String> withBoth = new TreeMap<>(files);
    Map<String, String> withoutRoute = new TreeMap<>(files);
    withoutRoute.put(A, taken.get(A));
    assertThat(bench.settings).containsExactly(taken, withBoth, taken, withoutRoute);
    assertThat(state(A).problems().get(0).message())
        .contains("timer://***")
        .doesNotContain("a-secret");
  }

  @Test
  void aBadDestinationIsRejectedAndTheOnesBeforeStay() {
    bench.settings.clear();
    save("destinations.yaml", "slack: {url: 'https://slack.example'}");
    save("destinations.yaml", "slack: {url: 'slack.example'}");

    assertThat(bench.settings).hasSize(1);
    assertThat(reload.inForce())
        .containsEntry("destinations.yaml", "slack: {url: 'https://slack.example'}");
    assertThat(state("destinations.yaml").state()).isEqualTo(FileState.REJECTED);
  }

  @Test
  void destinationsThatCannotBeUsedAreRejectedAloneAndTheirEntriesOfBeforeStay() {
    save("destinations.yaml", "slack: {url: 'https://slack.example'}");
    Map<String, String> taken = new TreeMap<>(files);
    String next = "slack: {url: 'https://slack.example', in-flight: 4}";
    bench.invalidSettings = files -> next.equals(files.get("destinations.yaml"));
    bench.settings.clear();

    files.put("destinations.yaml", next);
    save(A, route("a", add("2")));

    assertThat(bench.send("a")).isEqualTo("2");
    assertThat(reload.inForce()).containsEntry("destinations.yaml", taken.get("destinations.yaml"));
    assertThat(bench.settings).last().isEqualTo(reload.inForce());
    assertThat(state("destinations.yaml").problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.message())
                    .isEqualTo(
                        "its settings cannot be used: the value of"
                            + " relay.destinations.slack.in-flight is not valid"));
  }

  @Test
  void theRouteOfADestinationGoesWithItsEntry() {
    String deliver =
        route("deliver-slack", add("1")).replace("direct:deliver-slack", "delivery:slack");
    files.put("destinations.yaml", "slack: {url: 'https://slack.example'}");
    save("deliver-slack.camel.yaml", deliver);

    files.remove("deliver-slack.camel.yaml");
    reload.changed(files);
    assertThat(state("deliver-slack.camel.yaml").problems().get(0).toString())
        .contains("no route would begin at delivery:slack")
        .contains("remove the destination from destinations.yaml as well");

    save("destinations.yaml", "");
    assertThat(paths()).doesNotContain("deliver-slack.camel.yaml");
  }

  /** One mistake of each kind; ChangeValidatorTest has all. */
  static Stream<RouteMistake> mistakes() {
    Set<String> kinds = new HashSet<>();
    return RouteMistake.all().filter(mistake -> kinds.add(mistake.name().replaceFirst(":.*", "")));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeThatIsSavedIsRejectedWithItsPlaceAndTheFilesInForceStay(RouteMistake mistake)
      throws IOException {
    Map<String, String> inForce = FolderFiles.read(Path.of("routes"));
    Reload running =
        new Reload(
            bench.routes,
            new ChangeValidator(() -> LINT, new EntryPoints(Set.of("direct:a"))),
            inForce);

    running.changed(mistake.in(inForce));

    FileStatuses.State state =
        running.states().all().stream()
            .filter(it -> it.path().equals(mistake.file()))
            .findFirst()
            .orElseThrow();
    assertThat(state.state()).isEqualTo(FileState.REJECTED);
    assertThat(state.problems()).hasSameSizeAs(mistake.problems());
    assertThat(mistake.problems().get(0))
        .contains(
            ":%d:%d: ".formatted(state.problems().get(0).line(), state.problems().get(0).column()));
    assertThat(running.inForce()).isEqualTo(inForce);
    assertThat(bench.send("a")).isEqualTo("1");
  }

  private void save(String file, String text) {
    files.put(file, text);
    reload.changed(files);
  }

  private FileStatuses.State state(String file) {
    return reload.states().all().stream()
        .filter(it -> it.path().equals(file))
        .findFirst()
        .orElseThrow();
  }

  private List<String> paths() {
    return reload.states().all().stream().map(FileStatuses.State::path).toList();
  }
}
