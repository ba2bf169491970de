package org.solarrelay.ops.telemetry;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.solarrelay.event.Event;

/**
 * What a thread works on for a while; each line that it logs meanwhile says so. It is no MDC:
 * threads inherit that from whoever starts them, and an event loop that a delivery happens to start
 * would tell of it for ever.
 *
 * @param receipt of the webhook
 * @param event its id or, before it is one, the place of its message
 * @param destination whom it is delivered to
 * @param trace the id of its trace
 */
public record LogContext(String receipt, String event, String destination, String trace) {

  private static final String PROPERTY = "relay.work";
  private static final ThreadLocal<LogContext> CURRENT = new ThreadLocal<>();

  /** Puts back what was worked on before. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /** On a webhook. */
  public static LogContext webhook(String receipt, String trace) {
    return new LogContext(receipt, null, null, trace);
  }

  /** On an event, for a destination or, before there is one, null. */
  public static LogContext event(Event event, String destination, String trace) {
    return new LogContext(event.receipt(), event.id(), destination, trace);
  }

  /** What is being worked on is this, until the scope is closed, on this thread. */
  public Scope enter() {
    LogContext before = CURRENT.get();
    CURRENT.set(this);
    return before == null ? CURRENT::remove : () -> CURRENT.set(before);
  }

  /** What is being worked on is what the exchange carries, if it carries anything. */
  public static Scope enter(Exchange exchange) {
    LogContext carried = of(exchange);
    return carried == null ? () -> {} : carried.enter();
  }

  /** It is told wherever the exchange goes on, on whatever thread. */
  public void carriedBy(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }

  private static LogContext of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, LogContext.class);
  }

  /** What this thread works on, in the names of the Elastic Common Schema. */
  static Map<String, String> told() {
    LogContext work = CURRENT.get();
    Map<String, String> fields = new LinkedHashMap<>();
    if (work != null) {
      put(fields, "labels.receipt", work.receipt);
      put(fields, "event.id", work.event);
      put(fields, "labels.destination", work.destination);
      put(fields, "trace.id", work.trace);
    }
    return fields;
  }

  private static void put(Map<String, String> fields, String name, String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
