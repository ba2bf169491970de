package org.solarrelay.faults;

/** How a vendor fares. In all but the last four it does nothing of what it is asked. */
enum Mood {
  AWAY("refuses connections"),
  DOWN("answers 503"),
  KEY_REFUSED("answers 401"),
  BUSY("answers 429 with Retry-After"),
  WEB_PAGE("answers 200 with HTML"),
  ENDLESS_WORD("answers 200 with 1 MiB without a space"),
  SLOW("takes longer than the response time-out"),
  CUTS("cuts the connection in the middle of an answer"),
  WELL("is well");

  final String words;

  Mood(String words) {
    this.words = words;
  }
}
