package org.solarrelay.console;

/** The pages that the navigation lists, in its order. */
public enum ConsolePage {
  NOW("Now", "/console"),
  SEARCH("Search", "/console/search"),
  DEAD_LETTERS("Dead letters", "/console/dead"),
  DELIVERIES("Deliveries", "/console/deliveries"),
  DESTINATIONS("Destinations", "/console/destinations"),
  ROUTES("Routes", "/console/routes"),
  LIVE("Live", "/console/live"),
  ACTIVITY("Activity", "/console/activity");

  private final String title;
  private final String path;

  ConsolePage(String title, String path) {
    this.title = title;
    this.path = path;
  }

  /** The page's name, which is also its heading. */
  public String title() {
    return title;
  }

  public String path() {
    return path;
  }
}
