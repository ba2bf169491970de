package org.solarrelay.event;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import org.solarrelay.config.RelayConfig;

/**
 * Limits the JSON in a pod's memory, in bytes of its text. A parsed tree takes up to {@link #TREE}
 * times as much. A message above the limit is processed alone.
 */
@Singleton
public class JsonMemory {

  /** Measured with the densest texts, such as {@code [{},{},…]}. */
  static final int TREE = 32;

  private final long text;
  private final Semaphore large = new Semaphore(1);

  public JsonMemory(RelayConfig config) {
    long trees =
        config
            .memory()
            .trees()
            .map(MemorySize::asLongValue)
            .orElse(Runtime.getRuntime().maxMemory() / 4);
    this.text = trees / TREE;
  }

  /** The bytes of text whose trees fan-out may hold at once. */
  public long stageBytes() {
    return text / 8;
  }

  /** The bytes of text whose trees the deliveries to one destination may hold at once. */
  public long destinationBytes() {
    return text / 8;
  }

  /** The bytes of text whose trees the cache of events may hold. */
  public long cacheBytes() {
    return text / 4;
  }

  /** The bytes of records that a poll or a batch may hold without parsing them. */
  public long batchBytes() {
    return text * 2;
  }

  /** Takes the pod's permit to hold one tree above {@link #destinationBytes}. */
  public boolean tryLarge() {
    return large.tryAcquire();
  }

  /** Returns the permit of {@link #tryLarge}. */
  public void releaseLarge() {
    large.release();
  }
}
