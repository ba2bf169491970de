package org.solarrelay.faults;

/** How a vendor behaves. Only with the last four does a call take effect. */
enum VendorBehavior {
  AWAY("refuses connections"),
  DOWN("returns 503"),
  KEY_REFUSED("returns 401"),
  BUSY("returns 429 with Retry-After"),
  WEB_PAGE("returns 200 with HTML"),
  ENDLESS_WORD("returns 200 with 1 MiB without a space"),
  SLOW("takes longer than the response time-out"),
  CUTS("cuts the connection in the middle of a response"),
  WELL("is well");

  final String description;

  VendorBehavior(String words) {
    this.description = words;
  }
}
