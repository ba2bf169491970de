package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.routes.history.FileRevert;

/** A revert of a file in a ConfigMap: "good" replaces "bad". */
class ActiveRevertsTest {

  private static final String FILE = "a.camel.yaml";
  private static final FileRevert REVERT =
      new FileRevert(FILE, false, Optional.of("bad"), "good", "ada", OffsetDateTime.now());

  private Instant now = Instant.now();
  private final ActiveReverts pod = new ActiveReverts(Map.of(FILE, "bad"), () -> now);

  @BeforeEach
  void revert() {
    pod.add(REVERT);
  }

  @Test
  void aFileThatIsFixedWhereItComesFromEndsTheRevertAlsoForTheBadContentLater() {
    assertThat(inForce("bad")).isEqualTo("good");

    assertThat(inForce("good")).isEqualTo("good");

    assertThat(inForce("bad")).isEqualTo("bad");
    assertThat(pod.activeRevert(FILE)).isEmpty();
    assertThat(pod.isReverted(FILE, "good")).isFalse();
  }

  @Test
  void aFileThatIsMissingForOneLookEndsNoRevert() {
    pod.applied(Map.of());

    assertThat(inForce("bad")).isEqualTo("good");
  }

  @Test
  void theRevertIsKeptForOtherPodsUntilTheChangeHasReachedThemAll() {
    now = now.plus(Duration.ofDays(1));
    inForce("other");
    assertThat(learn(REVERT)).isEmpty();

    now = now.plus(Duration.ofMinutes(9));
    assertThat(learn(REVERT)).isEmpty();

    now = now.plus(Duration.ofMinutes(2));
    assertThat(learn(REVERT)).containsExactly(REVERT);
    assertThat(learn()).isEmpty();
  }

  @Test
  void aPodThatStartsWithTheReplacedContentUsesTheRevert() {
    ActiveReverts another = new ActiveReverts(Map.of(FILE, "bad"));

    another.learn(List.of(REVERT), another.added());

    assertThat(another.applied(Map.of(FILE, "bad"))).containsEntry(FILE, "good");
    assertThat(another.used(Map.of(FILE, "bad", "b.camel.yaml", "b")))
        .isEqualTo(Map.of("b.camel.yaml", "b"));
  }

  @Test
  void whatWasReadBeforeARevertDoesNotUndoIt() {
    ActiveReverts another = new ActiveReverts(Map.of(FILE, "bad"));
    long before = another.added();
    another.add(REVERT);

    another.learn(List.of(), before);

    assertThat(another.activeRevert(FILE)).contains(REVERT);
  }

  @Test
  void aRevertToWhatStandsInTheFolderDiffersInNothing() {
    pod.add(new FileRevert(FILE, false, Optional.of("bad"), "bad", "ada", OffsetDateTime.now()));

    assertThat(inForce("bad")).isEqualTo("bad");
    assertThat(pod.activeRevert(FILE)).isEmpty();
  }

  /** The text in force after the folder's file has that content. */
  private String inForce(String content) {
    pod.applied(Map.of(FILE, content));
    return pod.applied(Map.of(FILE, content)).get(FILE);
  }

  private List<FileRevert> learn(FileRevert... recorded) {
    return pod.learn(List.of(recorded), pod.added());
  }
}
