package org.solarrelay.routes;

/** The Camel ids of routes and kamelets: the name, and from the first reload on a revision. */
public final class RouteIds {

  /** Occurs in no name, because names are kebab-case, and has no meaning in URIs. */
  private static final char MARK = '_';

  private RouteIds() {}

  static String of(String name, int revision) {
    return revision == 0 ? name : name + MARK + revision;
  }

  /** Whether a route, or a kamelet's route, was loaded with this revision. */
  static boolean isOf(String id, int revision) {
    return id.endsWith(MARK + "" + revision) || id.contains(MARK + "" + revision + "-");
  }

  /** The name in the file. */
  public static String plain(String id) {
    int mark = id.indexOf(MARK);
    return mark < 0 ? id : id.substring(0, mark);
  }
}
