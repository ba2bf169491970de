package org.solarrelay.routes.lint;

import java.util.stream.Stream;

/** A rule for route files. */
interface Rule {

  Stream<Problem> check(RouteFolderIndex index);
}
