package org.solarrelay.ops.telemetry;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.solarrelay.event.Event;

/**
 * The event or webhook that a thread works on; JSON log lines of the thread carry its fields. Not
 * an MDC, because threads inherit an MDC: an event loop that a delivery starts would log that
 * delivery for ever.
 *
 * @param receipt the receipt of the webhook
 * @param event the event's id; before translate the record position
 * @param destination the destination of the delivery; null before fan-out
 * @param trace the trace id
 */
public record LogContext(String receipt, String event, String destination, String trace) {

  private static final String PROPERTY = "relay.work";
  private static final ThreadLocal<LogContext> CURRENT = new ThreadLocal<>();

  /** Restores the previous context when closed. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /** Creates the context of a webhook. */
  public static LogContext webhook(String receipt, String trace) {
    return new LogContext(receipt, null, null, trace);
  }

  /**
   * Creates the context of a message that is no webhook.
   *
   * @param position the record position
   */
  public static LogContext message(String position, String trace) {
    return new LogContext(null, position, null, trace);
  }

  /** Creates the context of an event before fan-out. */
  public static LogContext event(Event event, String trace) {
    return event(event, null, trace);
  }

  /** Creates the context of a delivery. */
  public static LogContext event(Event event, String destination, String trace) {
    return new LogContext(event.receipt(), event.id(), destination, trace);
  }

  /** Makes this the context of the thread until the scope is closed. */
  public Scope enter() {
    LogContext before = CURRENT.get();
    CURRENT.set(this);
    return before == null ? CURRENT::remove : () -> CURRENT.set(before);
  }

  /** Makes the exchange's context, if it has one, the context of the thread. */
  public static Scope enter(Exchange exchange) {
    LogContext attached = of(exchange);
    return attached == null ? () -> {} : attached.enter();
  }

  /** Attaches this context to an exchange, for the steps of its route on any thread. */
  public void attachTo(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }

  private static LogContext of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, LogContext.class);
  }

  /** The fields of the thread's context, named by the Elastic Common Schema. */
  static Map<String, String> currentFields() {
    LogContext context = CURRENT.get();
    Map<String, String> fields = new LinkedHashMap<>();
    if (context != null) {
      put(fields, "labels.receipt", context.receipt);
      put(fields, "event.id", context.event);
      put(fields, "labels.destination", context.destination);
      put(fields, "trace.id", context.trace);
    }
    return fields;
  }

  private static void put(Map<String, String> fields, String name, String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
