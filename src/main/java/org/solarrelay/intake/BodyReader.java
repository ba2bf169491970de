package org.solarrelay.intake;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** One body as it arrives: never more than the limit, and never more than is reserved for it. */
final class BodyReader {

  /** What a chunk led to. */
  enum State {
    READING,
    TOO_LARGE,
    NO_MEMORY
  }

  /** Larger bodies grow as they arrive: a declared length costs its sender nothing. */
  private static final int FIRST = 16 * 1024;

  private static final byte[] NONE = {};

  private final BodyMemory memory;
  private final int limit;
  private final int expected;
  private final boolean proven;
  private byte[] bytes = NONE;
  private int length;
  private int reserved;

  /**
   * @param declared the length, -1 where it is not declared; within the limit
   */
  BodyReader(BodyMemory memory, int limit, int declared, boolean proven) {
    this.memory = memory;
    this.limit = limit;
    this.expected = declared < 0 ? limit : declared;
    this.proven = proven;
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
    int capacity = Math.max(needed, Math.min(expected, Math.max(FIRST, 2 * bytes.length)));
    if (!memory.reserve(capacity - reserved, proven)) {
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

  /** Gives back what is reserved; again without effect. */
  void release() {
    if (reserved > 0) {
      memory.release(reserved, proven);
      reserved = 0;
      bytes = NONE;
    }
  }
}
