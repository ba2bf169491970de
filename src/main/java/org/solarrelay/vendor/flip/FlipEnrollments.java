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
 * Caches the list of the program's enrollments for a short time. Every project without a linked
 * enrollment searches the list.
 */
@Singleton
@Named("flipEnrollments")
public class FlipEnrollments {

  /** The bytes of heap that an enrollment takes at most, all copies together. */
  private static final long HEAP_FOR_ENROLLMENT = 2048;

  private final SingleFlightCache<FlipList> list;
  private final int most;
  private final Duration life;

  /**
   * @param most the maximum number of enrollments; if absent, as many as the heap holds
   * @param life how long a list is cached
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
    long maxInHeap = Runtime.getRuntime().maxMemory() / HEAP_FOR_ENROLLMENT;
    this.most = most.orElse((int) Math.min(maxInHeap, Integer.MAX_VALUE));
  }

  /**
   * The list, or {@link FlipList#UNKNOWN}. After {@link FlipList#UNKNOWN} the caller requests the
   * list from Flip and then calls {@link #keep} or {@link #giveUp}.
   */
  public CompletionStage<FlipList> claim() {
    return list.claim();
  }

  /**
   * A reader of the response. The route sets the reader on the exchange before the request to Flip.
   */
  public ResponseReader reader() {
    return new FlipListReader(most);
  }

  /**
   * Caches the list in Flip's response, and returns it to all waiting callers.
   *
   * @throws IOException as {@link #read}
   */
  public FlipList keep(
      @Body byte[] response, @ExchangeProperty(ResponseReader.PROPERTY) ResponseReader reader)
      throws IOException {
    FlipList fresh = read(response, reader);
    list.keep(fresh, life);
    CompletableFuture.delayedExecutor(life.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> list.drop(fresh));
    return fresh;
  }

  /**
   * Passes a failed request to all waiting callers. A route calls this method after every request.
   *
   * @param failure null after a request that succeeded; then nothing happens
   */
  public void giveUp(Exception failure) {
    list.giveUp(failure);
  }

  /**
   * The enrollments in a response, {@code {"enrollments": […]}}, without those that are unusable
   * (Flip, List enrollments).
   *
   * @param response the body, if it is short
   * @param reader the reader of a long body; null if no reader was used
   * @throws IOException if the response is not a list of enrollments
   */
  public FlipList read(
      @Body byte[] response, @ExchangeProperty(ResponseReader.PROPERTY) ResponseReader reader)
      throws IOException {
    if (reader instanceof FlipListReader streamed && streamed.isUsed()) {
      return streamed.list();
    }
    FlipListReader whole = new FlipListReader(most);
    if (response != null) {
      whole.read(response);
    }
    return whole.list();
  }
}
