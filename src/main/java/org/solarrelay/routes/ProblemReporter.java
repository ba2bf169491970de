package org.solarrelay.routes;

import java.util.Optional;

/** A consumer that reports why its route receives no messages. */
public interface ProblemReporter {

  /** The problem as a sentence; empty if there is none. */
  Optional<String> problem();
}
