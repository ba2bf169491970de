package org.solarrelay.routes.lint;

/** Finds the classes that files name. */
final class ClassNames {

  private ClassNames() {}

  /** The class, or null if there is none of that name. */
  static Class<?> find(String name) {
    if (name == null) {
      return null;
    }
    try {
      return Class.forName(name, false, ClassNames.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }
}
