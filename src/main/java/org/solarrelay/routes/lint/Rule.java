package org.solarrelay.routes.lint;

import java.util.stream.Stream;

/** One thing that is expected of route files. */
interface Rule {

  Stream<Problem> check(RouteFolderIndex set);
}
