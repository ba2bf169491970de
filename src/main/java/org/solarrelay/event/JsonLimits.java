package org.solarrelay.event;

import org.eclipse.microprofile.config.ConfigProvider;

/**
 * How many elements the relay reads of one JSON text: brackets, names and values. A tree takes up
 * to 65 bytes for each, however short its text is.
 */
public final class JsonLimits {

  private static final String SETTING = "relay.memory.json-elements";
  private static final long LEAST = 20_000;
  private static final long MOST = 1_000_000;
  private static final long HEAP_FOR_AN_ELEMENT = 2048;

  private JsonLimits() {}

  /** As configured, else by the heap: 131,072 at 256 MiB. */
  public static long maxElements() {
    return ConfigProvider.getConfig()
        .getOptionalValue(SETTING, Long.class)
        .orElseGet(() -> ofHeap(Runtime.getRuntime().maxMemory()));
  }

  static long ofHeap(long bytes) {
    return Math.max(LEAST, Math.min(MOST, bytes / HEAP_FOR_AN_ELEMENT));
  }
}
