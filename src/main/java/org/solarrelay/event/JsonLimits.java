package org.solarrelay.event;

import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Limits the elements of a JSON text: brackets, names and values. A tree takes up to 65 bytes of
 * memory for each element, independent of the text's length.
 */
public final class JsonLimits {

  private static final String SETTING = "relay.memory.json-elements";
  private static final long MIN = 20_000;
  private static final long MAX = 1_000_000;
  private static final long HEAP_FOR_AN_ELEMENT = 2048;

  private JsonLimits() {}

  /** The limit: relay.memory.json-elements, else by the heap; 131,072 for 256 MiB. */
  public static long maxElements() {
    return ConfigProvider.getConfig()
        .getOptionalValue(SETTING, Long.class)
        .orElseGet(() -> ofHeap(Runtime.getRuntime().maxMemory()));
  }

  static long ofHeap(long bytes) {
    return Math.max(MIN, Math.min(MAX, bytes / HEAP_FOR_AN_ELEMENT));
  }
}
