package org.solarrelay.routes.lint;

/** What a route does in the pipeline, by where it begins. */
enum RouteRole {
  /** Takes webhooks, on the event loop. */
  INTAKE,
  /** Makes events of a source's webhooks. */
  TRANSLATE,
  /** Selects the destinations of an event. */
  FAN_OUT,
  /** Reads a topic of one's own. */
  TOPIC,
  /** Delivers events to a destination. */
  DELIVERY,
  /** Is called by others, or begins by itself. */
  OTHER;

  static final String FAN_OUT_ADDRESS = "direct:fan-out";
  static final String TRANSLATE_PREFIX = "direct:translate-";
  static final String WEBHOOKS = "platform-http:/webhooks";

  /**
   * @param begin scheme and name of the endpoint that the route begins at
   */
  static RouteRole of(String begin) {
    if (begin.startsWith(WEBHOOKS)) {
      return INTAKE;
    }
    if (begin.startsWith(TRANSLATE_PREFIX)) {
      return TRANSLATE;
    }
    if (begin.equals(FAN_OUT_ADDRESS)) {
      return FAN_OUT;
    }
    return begin.startsWith("topic:") ? TOPIC : begin.startsWith("delivery:") ? DELIVERY : OTHER;
  }
}
