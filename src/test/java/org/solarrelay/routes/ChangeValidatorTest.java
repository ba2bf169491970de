package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.solarrelay.routes.lint.FolderFiles;
import org.solarrelay.routes.lint.Lint;
import org.solarrelay.routes.lint.Problem;
import org.solarrelay.routes.lint.RouteMistake;

class ChangeValidatorTest {

  private static final Lint LINT = new Lint();
  private static final String CRM = "deliver-crm.camel.yaml";
  private static final String FLIP = "deliver-flip.camel.yaml";
  private static final String SINK = "kamelets/crm-callback-sink.kamelet.yaml";

  private final ChangeValidator validator =
      new ChangeValidator(() -> LINT, new EntryPoints(Set.of("delivery:crm", "direct:fan-out")));
  private Map<String, String> inForce;
  private Map<String, String> next;

  @BeforeEach
  void defaultFiles() throws Exception {
    inForce = FolderFiles.read(Path.of("routes"));
    next = new TreeMap<>(inForce);
  }

  @Test
  void aFileThatIsNotFineKeepsItsLastVersionAndTheOthersComeIntoForce() {
    edit(CRM, "ref: crmMapper", "ref: crmMaper");
    edit(FLIP, "Changes a Flip enrollment", "Updates a Flip enrollment");

    ChangeValidator.Validation validation = validator.validate(inForce, next);

    assertThat(validation.rejected()).containsOnlyKeys(CRM);
    assertThat(validation.files().get(CRM)).isEqualTo(inForce.get(CRM));
    assertThat(validation.files().get(FLIP)).isEqualTo(next.get(FLIP));
  }

  @Test
  void aRouteAndTheKameletItCallsComeIntoForceTogether() {
    next.put(
        "kamelets/crm-notify-sink.kamelet.yaml",
        next.get(SINK).replace("callback-sink", "notify-sink"));
    edit(CRM, "kamelet:crm-callback-sink", "kamelet:crm-notify-sink");

    assertThat(validator.validate(inForce, next))
        .isEqualTo(new ChangeValidator.Validation(next, Map.of()));
  }

  @Test
  void aRouteThatNeedsARejectedFileIsRejectedToo() {
    next.put("kamelets/crm-notify-sink.kamelet.yaml", "kind: Kamelet\n");
    edit(CRM, "kamelet:crm-callback-sink", "kamelet:crm-notify-sink");

    ChangeValidator.Validation validation = validator.validate(inForce, next);

    assertThat(validation.rejected())
        .containsOnlyKeys(CRM, "kamelets/crm-notify-sink.kamelet.yaml");
    assertThat(validation.files()).isEqualTo(inForce);
  }

  @Test
  void aDeletedFileThatOthersNeedStays() {
    next.remove(SINK);
    edit(FLIP, "Changes a Flip enrollment", "Updates a Flip enrollment");

    ChangeValidator.Validation validation = validator.validate(inForce, next);

    assertThat(validation.rejected()).containsOnlyKeys(SINK);
    assertThat(validation.files().get(SINK)).isEqualTo(inForce.get(SINK));
    assertThat(validation.files().get(FLIP)).isEqualTo(next.get(FLIP));
  }

  @Test
  void aDeletedFileThatNoFileNeedsIsAccepted() {
    next.remove("kamelets/flip-list-groups-action.kamelet.yaml");

    assertThat(validator.validate(inForce, next))
        .isEqualTo(new ChangeValidator.Validation(next, Map.of()));
  }

  @Test
  void whereMessagesArriveARouteCannotBeTakenAway() {
    next.remove("fan-out.camel.yaml");

    ChangeValidator.Validation validation = validator.validate(inForce, next);

    assertThat(validation.files()).isEqualTo(inForce);
    assertThat(validation.rejected().get("fan-out.camel.yaml").toString())
        .contains("no route would begin at direct:fan-out, which receives messages");
  }

  @Test
  void aRouteThatFanOutSendsToCannotBeTakenAway() {
    next.remove(CRM);

    ChangeValidator.Validation validation = validator.validate(inForce, next);

    assertThat(validation.files()).isEqualTo(inForce);
    assertThat(validation.rejected().get(CRM).toString())
        .contains("no route begins at delivery:crm");
  }

  static Stream<RouteMistake> mistakes() {
    return RouteMistake.all();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsRejectedWithItsPlaceAndTheFilesInForceStay(RouteMistake mistake) {
    ChangeValidator.Validation validation = validator.validate(inForce, mistake.in(inForce));

    assertThat(validation.rejected()).containsOnlyKeys(mistake.file());
    assertThat(validation.rejected().get(mistake.file()).stream().map(ChangeValidatorTest::text))
        .isNotEmpty()
        .containsExactlyElementsOf(mistake.problems());
    assertThat(validation.files()).isEqualTo(inForce);
  }

  private static String text(Problem problem) {
    return "%s:%d:%d: %s. %s"
        .formatted(
            problem.file(), problem.line(), problem.column(), problem.message(), problem.fix());
  }

  private void edit(String file, String before, String after) {
    assertThat(next.get(file)).contains(before);
    next.put(file, next.get(file).replace(before, after));
  }
}
