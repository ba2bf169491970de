package org.solarrelay.intake;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/**
 * Reads one body, chunk by chunk. Stops at the size limit, and where {@link BodyMemory} has no
 * room.
 */
final class BodyReader {

  /** The state after a chunk. */
  enum State {
    READING,
    TOO_LARGE,
    NO_MEMORY
  }

  /** In bytes. Larger bodies grow as they arrive, because a sender may declare any length. */
  private static final int INITIAL_CAPACITY = 16 * 1024;

  private static final byte[] EMPTY = {};

  private final BodyMemory memory;
  private final int limit;
  private final int expected;
  private final boolean authenticated;
  private byte[] bytes = EMPTY;
  private int length;
  private int reserved;

  /**
   * @param declared the declared length in bytes, within the limit; -1 if none is declared
   */
  BodyReader(BodyMemory memory, int limit, int declared, boolean authenticated) {
    this.memory = memory;
    this.limit = limit;
    this.expected = declared < 0 ? limit : declared;
    this.authenticated = authenticated;
  }

  State add(Buffer chunk) {
    int needed = length + chunk.length();
    if (needed > limit) {
      return State.TOO_LARGE;
    }
    if (needed > bytes.length && !grow(needed)) {
      return State.NO_MEMORY;
    }
    chunk.getBytes(bytes, length);
    length = needed;
    return State.READING;
  }

  private boolean grow(int needed) {
    int capacity =
        Math.max(needed, Math.min(expected, Math.max(INITIAL_CAPACITY, 2 * bytes.length)));
    if (!memory.reserve(capacity - reserved, authenticated)) {
      return false;
    }
    reserved = capacity;
    bytes = Arrays.copyOf(bytes, capacity);
    return true;
  }

  /** The whole body. */
  byte[] body() {
    return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** Releases the reserved memory; a second call has no effect. */
  void release() {
    if (reserved > 0) {
      memory.release(reserved, authenticated);
      reserved = 0;
      bytes = EMPTY;
    }
  }
}
