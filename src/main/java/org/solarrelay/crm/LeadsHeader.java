package org.solarrelay.crm;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** An attribute of a CloudEvent as an HTTP header holds it. */
final class LeadsHeader {

  private LeadsHeader() {}

  /**
   * The attribute's text, or null where there is none. Everything outside of printable ASCII
   * arrives percent-encoded (CloudEvents, HTTP Protocol Binding 3.1.3.2).
   */
  static String decoded(String header) {
    if (header == null || header.isBlank()) {
      return null;
    }
    try {
      return URLDecoder.decode(header.strip().replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return header.strip();
    }
  }
}
