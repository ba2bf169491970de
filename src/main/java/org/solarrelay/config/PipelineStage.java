package org.solarrelay.config;

import java.util.stream.Stream;

/**
 * The stages of the pipeline, in order. The ids are public: values of the metrics' label {@code
 * stage} and of the header {@code relay_stage} of dead letters. Names of consumer groups end with
 * those of translate and fan-out.
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

  /** Whether the id, which may be null, is that of a stage. */
  public static boolean isId(String id) {
    return Stream.of(values()).anyMatch(stage -> stage.id.equals(id));
  }
}
