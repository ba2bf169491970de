package org.solarrelay.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RejectedWebhookBufferTest {

  private static final int FLOOD = 200_000;

  private final RejectedWebhookBuffer buffer = new RejectedWebhookBuffer();
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void aFloodIsCountedAndHidesNoOtherRejection() {
    List<CompletableFuture<Void>> eventLoops =
        IntStream.range(0, 4)
            .mapToObj(
                loop ->
                    CompletableFuture.runAsync(
                        () -> add(FLOOD / 4, "unknown", RejectionReason.UNKNOWN_SOURCE)))
            .toList();
    eventLoops.forEach(CompletableFuture::join);
    add(1, "enerflo", RejectionReason.UNAUTHENTICATED);

    List<RejectedWebhook> all = buffer.drain();

    assertThat(made).as("what is only counted costs nothing").hasValue(101);
    assertThat(of("unknown", all)).hasSize(RejectedWebhookBuffer.MOST_OF_ONE);
    assertThat(counted("unknown", all)).isEqualTo(FLOOD);
    assertThat(of("enerflo", all)).singleElement().matches(one -> one.unlisted() == 0);
    assertThat(buffer.drain()).isEmpty();
  }

  @Test
  void whatCannotBeStoredWaitsWithinTheSameBound() {
    add(250, "flip", RejectionReason.NOT_JSON);
    List<RejectedWebhook> first = buffer.drain();
    add(70, "flip", RejectionReason.NOT_JSON);
    buffer.putBack(first);
    buffer.putBack(buffer.drain());

    List<RejectedWebhook> all = buffer.drain();

    assertThat(all).hasSize(RejectedWebhookBuffer.MOST_OF_ONE);
    assertThat(counted("flip", all)).isEqualTo(320);
  }

  private void add(int count, String source, RejectionReason reason) {
    for (int i = 0; i < count; i++) {
      buffer.add(source, reason, () -> webhook(source, reason));
    }
  }

  private RejectedWebhook webhook(String source, RejectionReason reason) {
    made.incrementAndGet();
    return new RejectedWebhook(
        OffsetDateTime.now(),
        source,
        reason,
        Optional.of("203.0.113.7"),
        OptionalLong.of(2),
        Optional.empty(),
        0);
  }

  private static List<RejectedWebhook> of(String source, List<RejectedWebhook> all) {
    return all.stream().filter(one -> one.source().equals(source)).toList();
  }

  private static long counted(String source, List<RejectedWebhook> all) {
    return of(source, all).stream().mapToLong(one -> 1 + one.unlisted()).sum();
  }
}
