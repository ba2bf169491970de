package org.solarrelay.routes;

/** What routes and kamelets are called in Camel: a later version has its number behind its name. */
public final class RouteIds {

  /** Stands in no name, names being kebab-case, and means nothing in URIs. */
  private static final char MARK = '_';

  private RouteIds() {}

  static String of(String name, int revision) {
    return revision == 0 ? name : name + MARK + revision;
  }

  /** Whether a route, be it a kamelet's, came with this revision. */
  static boolean isOf(String id, int revision) {
    return id.endsWith(MARK + "" + revision) || id.contains(MARK + "" + revision + "-");
  }

  /** The name as it stands in the file. */
  public static String plain(String id) {
    int mark = id.indexOf(MARK);
    return mark < 0 ? id : id.substring(0, mark);
  }
}
