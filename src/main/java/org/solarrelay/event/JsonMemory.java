package org.solarrelay.event;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import org.solarrelay.config.RelayConfig;

/**
 * Bounds how much JSON the stages of a pod hold in memory, by bytes of its text: a parsed tree
 * takes up to {@link #TREE} times as much. A single larger message is handled alone.
 */
@Singleton
public class JsonMemory {

  /** Measured with the densest texts there are, such as {@code [{},{},…]}. */
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

  /** Bytes of text whose trees fan-out may hold at once. */
  public long stageBytes() {
    return text / 8;
  }

  /** Bytes of text whose trees the deliveries to one destination may hold at once. */
  public long destinationBytes() {
    return text / 8;
  }

  /** Bytes of records that a poll or a batch may hold that is not parsed. */
  public long batchBytes() {
    return text * 2;
  }

  /** Leave to hold one tree above {@link #destinationBytes}; one in a pod has it. */
  public boolean tryLarge() {
    return large.tryAcquire();
  }

  public void releaseLarge() {
    large.release();
  }
}
