package org.solarrelay.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {

  private static final int LIMIT = 4_000_000;
  private static final int BODY = 1_000_000;

  private final BodyMemory memory = new BodyMemory(LIMIT);

  @Test
  void bodiesAreAcceptedUpToTheLimit() {
    for (int n = 0; n < 4; n++) {
      assertThat(memory.reserve(BODY, true)).isTrue();
    }
    assertThat(memory.reserve(1, true)).isFalse();
    memory.release(BODY, true);
    assertThat(memory.reserve(BODY, true)).isTrue();
  }

  @Test
  void sendersWithoutAuthenticationGetAQuarter() {
    assertThat(memory.reserve(BODY, false)).isTrue();
    assertThat(memory.reserve(1, false)).isFalse();
    assertThat(memory.reserve(3 * BODY, true)).isTrue();
    memory.release(BODY, false);
    assertThat(memory.reserve(BODY, false)).isTrue();
  }

  @Test
  void aBodyCountsAsItArrivesAndNotAsItIsDeclared() {
    BodyReader body = new BodyReader(memory, BODY, BODY, true);
    assertThat(memory.reserved()).isZero();
    body.add(Buffer.buffer("{"));
    assertThat(memory.reserved()).isBetween(1L, 20_000L);
    body.add(Buffer.buffer(" ".repeat(BODY - 1)));
    assertThat(memory.reserved()).isEqualTo(BODY);
    assertThat(body.body()).hasSize(BODY).startsWith('{');
    body.release();
    body.release();
    assertThat(memory.reserved()).isZero();
  }

  @Test
  void aBodyOfUnknownLengthEndsAtTheLimit() {
    BodyReader body = new BodyReader(memory, 100, -1, true);
    assertThat(body.add(Buffer.buffer("x".repeat(100)))).isEqualTo(BodyReader.State.READING);
    assertThat(body.add(Buffer.buffer("x"))).isEqualTo(BodyReader.State.TOO_LARGE);
    assertThat(body.body()).hasSize(100);
  }

  @Test
  void aBodyForWhichThereIsNoMemoryIsNotKept() {
    memory.reserve(LIMIT, true);
    BodyReader body = new BodyReader(memory, BODY, 2, true);
    assertThat(body.add(Buffer.buffer("{}"))).isEqualTo(BodyReader.State.NO_MEMORY);
    body.release();
    assertThat(memory.reserved()).isEqualTo(LIMIT);
  }
}
