package org.solarrelay.event;

import java.util.regex.Pattern;

/** What a vendor calls an event, before anything is known about it. */
public final class VendorEventName {

  private static final Pattern NAME = Pattern.compile("[\\w.:-]{1,100}");

  private VendorEventName() {}

  /** The name, or null where it does not look like one and so has no place in a log or a reason. */
  public static String of(String text) {
    return text != null && NAME.matcher(text).matches() ? text : null;
  }
}
