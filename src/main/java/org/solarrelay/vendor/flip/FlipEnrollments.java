package org.solarrelay.vendor.flip;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.solarrelay.delivery.http.ResponseReader;

/**
 * The list of the program's enrollments. Every project without a link looks through it, so it is
 * shared for a short time.
 */
@Singleton
@Named("flipEnrollments")
public class FlipEnrollments {

  /** How many bytes of heap an enrollment may take at most, all copies together. */
  private static final long HEAP_FOR_ENROLLMENT = 2048;

  private final SingleFlightCache<FlipList> list;
  private final int most;
  private final Duration life;

  /**
   * @param most how many enrollments Flip may list; absent as many as the heap holds
   * @param life for how long a list is shared
   */
  @Inject
  public FlipEnrollments(
      @ConfigProperty(name = "relay.flip.most-enrollments") Optional<Integer> most,
      @ConfigProperty(name = "relay.flip.list-life", defaultValue = "PT10S") Duration life) {
    this(Clock.systemUTC(), most, life);
  }

  FlipEnrollments(Clock clock, Optional<Integer> most, Duration life) {
    this.life = life;
    this.list = new SingleFlightCache<>(clock, FlipList.UNKNOWN);
    long fit = Runtime.getRuntime().maxMemory() / HEAP_FOR_ENROLLMENT;
    this.most = most.orElse((int) Math.min(fit, Integer.MAX_VALUE));
  }

  /**
   * The list; or one that is not known, to be asked for, after which keep or giveUp must follow.
   */
  public CompletionStage<FlipList> claim() {
    return list.claim();
  }

  /** Reads the response while it arrives; to be the exchange's before Flip is asked. */
  public ResponseReader reader() {
    return new FlipListReader(most);
  }

  /**
   * Takes the list from Flip's answer and gives it to those who wait.
   *
   * @throws IOException as {@link #read}
   */
  public FlipList keep(
      @Body byte[] answer, @ExchangeProperty(ResponseReader.PROPERTY) ResponseReader reader)
      throws IOException {
    FlipList fresh = read(answer, reader);
    list.keep(fresh, life);
    CompletableFuture.delayedExecutor(life.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> list.drop(fresh));
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
   * @param answer the body where it is short
   * @param reader what has read it where it is long; null where nothing has
   * @throws IOException where this is no list of Flip's
   */
  public FlipList read(
      @Body byte[] answer, @ExchangeProperty(ResponseReader.PROPERTY) ResponseReader reader)
      throws IOException {
    if (reader instanceof FlipListReader streamed && streamed.isUsed()) {
      return streamed.list();
    }
    FlipListReader whole = new FlipListReader(most);
    if (answer != null) {
      whole.read(answer);
    }
    return whole.list();
  }
}
