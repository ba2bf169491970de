package org.solarrelay.routes;

import java.util.Optional;

/** A consumer of a route that knows why no message comes. */
public interface ProblemReporter {

  /** A sentence; empty where nothing is wrong. */
  Optional<String> problem();
}
