package org.solarrelay.routes.lint;

/** The role of a route in the pipeline, by its first endpoint. */
enum RouteRole {
  /** Accepts webhooks, on the event loop. */
  INTAKE,
  /** Makes events of a source's webhooks. */
  TRANSLATE,
  /** Selects the destinations of an event. */
  FAN_OUT,
  /** Reads a topic, as a route from {@code topic:}. */
  TOPIC,
  /** Delivers events to a destination. */
  DELIVERY,
  /** Any other route: another route calls it, or it starts by itself. */
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
