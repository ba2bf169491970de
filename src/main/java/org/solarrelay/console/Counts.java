package org.solarrelay.console;

import io.quarkus.qute.TemplateExtension;

/** Writes a number with its noun: {@code 1 delivery}, {@code 40 deliveries}. */
@TemplateExtension
final class Counts {

  private Counts() {}

  /** In templates: {@code {count.of('delivery', 'deliveries')}}. */
  static String of(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
