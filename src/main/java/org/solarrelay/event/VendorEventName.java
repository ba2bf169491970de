package org.solarrelay.event;

import java.util.regex.Pattern;

/** Checks a vendor's name of an event. */
public final class VendorEventName {

  private static final Pattern NAME = Pattern.compile("[\\w.:-]{1,100}");

  private VendorEventName() {}

  /**
   * The name; null for a text that does not look like a name and must not reach a log or a reason.
   */
  public static String of(String text) {
    return text != null && NAME.matcher(text).matches() ? text : null;
  }
}
