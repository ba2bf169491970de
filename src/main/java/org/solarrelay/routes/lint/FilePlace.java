package org.solarrelay.routes.lint;

import java.util.regex.Pattern;

/** Decides by a file's path in the folder whether the program reads the file. */
public final class FilePlace {

  private static final Pattern ROUTES = Pattern.compile("[^/]+\\.camel\\.yaml");
  private static final Pattern KAMELET = Pattern.compile("kamelets/[^/]+\\.kamelet\\.yaml");

  private FilePlace() {}

  /** Whether the path within the folder is that of a route file. */
  public static boolean isRoutes(String path) {
    return ROUTES.matcher(path).matches();
  }

  /** Whether the path within the folder is that of a kamelet. */
  public static boolean isKamelet(String path) {
    return KAMELET.matcher(path).matches();
  }

  /** The problem of a file in a place that the program does not read. */
  static Problem unread(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String stem = name.replaceFirst("(\\.(camel|kamelet|test))?\\.ya?ml$", "");
    String fix;
    if (path.equals("destinations.yml")) {
      fix = move(path, DestinationsFile.NAME);
    } else if (name.matches(".*\\.kamelet\\.ya?ml") || path.startsWith("kamelets/")) {
      fix = move(path, "kamelets/%s.kamelet.yaml".formatted(stem));
    } else if (name.matches(".*\\.test\\.ya?ml")) {
      fix = move(path, "tests/%s.test.yaml".formatted(stem));
    } else {
      fix = move(path, "%s.camel.yaml".formatted(stem));
    }
    return new Problem(path, 1, 1, "this file is not read", fix);
  }

  private static String move(String path, String target) {
    String verb = path.contains("/") || target.contains("/") ? "Move it to" : "Rename it to";
    return "%s %s".formatted(verb, target);
  }
}
