package org.solarrelay.config;

import java.util.stream.Stream;

/**
 * The stages of the pipeline, in the order of a message. The ids are values of the metrics' label
 * {@code stage}, stages of dead letters and, of the middle two, ends of consumer groups' names.
 */
public enum PipelineStage {
  INTAKE("intake"),
  TRANSLATE("translate"),
  FAN_OUT("fan-out"),
  DELIVER("deliver");

  private final String id;

  PipelineStage(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  /** Whether a stage has the id, which may be null. */
  public static boolean isId(String id) {
    return Stream.of(values()).anyMatch(stage -> stage.id.equals(id));
  }
}
