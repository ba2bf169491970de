package org.solarrelay.flip;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.solarrelay.delivery.VendorAnswer;

/**
 * The list of the program's enrollments. Every project without a link looks through it, so it is
 * shared for a short time.
 */
@Singleton
@Named("flipEnrollments")
public class FlipEnrollments {

  private static final Duration LIFE = Duration.ofSeconds(10);

  private final Shared<FlipList> list;

  @Inject
  public FlipEnrollments() {
    this(Clock.systemUTC());
  }

  FlipEnrollments(Clock clock) {
    this.list = new Shared<>(clock, FlipList.UNKNOWN);
  }

  /**
   * The list; or one that is not known, to be asked for, after which keep or giveUp must follow.
   */
  public CompletionStage<FlipList> claim() {
    return list.claim();
  }

  /**
   * Takes the list from Flip's answer and gives it to those who wait.
   *
   * @throws IOException as {@link #read}
   */
  public FlipList keep(byte[] answer) throws IOException {
    FlipList fresh = read(answer);
    list.keep(fresh, LIFE);
    return fresh;
  }

  /** Tells those who wait that there is no list; null where there was no failure. */
  public void giveUp(Exception failure) {
    list.giveUp(failure);
  }

  /**
   * The enrollments of an answer, {@code {"enrollments": […]}}; those that can not be used left out
   * (Flip, List enrollments).
   *
   * @throws IOException where this is no list of Flip's
   */
  public FlipList read(byte[] answer) throws IOException {
    JsonNode enrollments = VendorAnswer.json("Flip", answer).path("enrollments");
    if (!enrollments.isArray()) {
      throw new IOException("Flip answered 200 without a list of enrollments");
    }
    List<FlipEnrollment> read = new ArrayList<>(enrollments.size());
    for (JsonNode json : enrollments) {
      FlipEnrollment enrollment = FlipEnrollment.of(json);
      if (enrollment.isUsable()) {
        read.add(enrollment);
      }
    }
    return new FlipList(List.copyOf(read));
  }
}
