package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.solarrelay.config.SpecMode;
import org.solarrelay.routes.lint.Problem;

class SpecGateTest {

  private static final Map<String, String> GOOD = Map.of("a", "1", "b", "1");
  private static final Map<String, String> NEXT = Map.of("a", "2", "b", "2");

  @Test
  void aFileWhoseSpecFailsIsRejectedAndSaysWhy() {
    SpecGate.Decision decision = decide(SpecMode.REJECT, failure("only a", "a"));

    assertThat(decision.rejected().get("a")).containsExactly(problem("only a"));
    assertThat(decision.rejected()).containsOnlyKeys("a");
    assertThat(decision.warned()).isEmpty();
  }

  @Test
  void whereAFileExplainsAFailureTheOthersThatTheMessagePassesAreNotBlamed() {
    SpecGate.Decision decision =
        decide(SpecMode.REJECT, failure("pipeline", "a", "b"), failure("only a", "a"));

    assertThat(decision.rejected()).containsOnlyKeys("a");
    assertThat(decision.rejected().get("a"))
        .containsExactly(problem("pipeline"), problem("only a"));
  }

  @Test
  void whereEitherMayBeTheCauseBothAreRejected() {
    assertThat(decide(SpecMode.REJECT, failure("pipeline", "a", "b")).rejected())
        .containsOnlyKeys("a", "b");
  }

  @Test
  void aWarningTakesTheFile() {
    SpecGate.Decision decision = decide(SpecMode.WARN, failure("only a", "a"));

    assertThat(decision.rejected()).isEmpty();
    assertThat(decision.warned()).containsOnlyKeys("a");
  }

  @Test
  void whereSpecsAreOffNoneIsRun() {
    assertThat(decide(SpecMode.OFF, failure("only a", "a")))
        .isEqualTo(new SpecGate.Decision(Map.of(), Map.of()));
  }

  @Test
  void aRevertedFileIsTakenWhateverItsSpecsSay() {
    SpecGate gate =
        new SpecGate(
            SpecMode.REJECT,
            new FixedSpecs(List.of(failure("only a", "a"))),
            (path, text) -> path.equals("a") && text.equals("2"));

    assertThat(gate.decide(GOOD, NEXT).rejected()).isEmpty();
    assertThat(gate.decide(GOOD, NEXT).warned()).containsOnlyKeys("a");
  }

  private static SpecGate.Decision decide(SpecMode mode, SpecCheck.Failure... failures) {
    return new SpecGate(mode, new FixedSpecs(List.of(failures)), (path, text) -> false)
        .decide(GOOD, NEXT);
  }

  private static SpecCheck.Failure failure(String text, String... files) {
    return new SpecCheck.Failure(problem(text), Set.of(files));
  }

  private static Problem problem(String text) {
    return new Problem("tests/a.test.yaml", 3, 1, text, "Fix it");
  }

  private record FixedSpecs(List<Failure> failures) implements SpecCheck {

    @Override
    public List<Failure> failures(Map<String, String> before, Map<String, String> after) {
      return failures;
    }

    @Override
    public long state() {
      return 1;
    }
  }
}
