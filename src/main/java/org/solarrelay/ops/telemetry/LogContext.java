package org.solarrelay.ops.telemetry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.solarrelay.event.Event;

/**
 * The event or webhook that a thread works on; JSON log lines of the thread carry its fields. Not
 * an MDC, because threads inherit an MDC: an event loop that a delivery starts would log that
 * delivery for ever.
 */
public final class LogContext {

  private static final String PROPERTY = "relay.work";
  private static final ThreadLocal<LogContext> CURRENT = new ThreadLocal<>();

  private final Map<String, String> fields = new LinkedHashMap<>();

  private LogContext() {}

  /** Restores the previous context when closed. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Creates the context of a webhook.
   *
   * @param trace the trace id; null without a trace
   */
  public static LogContext webhook(String receipt, String trace) {
    return new LogContext().field("labels.receipt", receipt).field("trace.id", trace);
  }

  /**
   * Creates the context of a message of which no event is made yet.
   *
   * @param position the record position
   * @param trace the trace id; null without a trace
   */
  public static LogContext message(String position, String trace) {
    return new LogContext().field("event.id", position).field("trace.id", trace);
  }

  /**
   * Creates the context of an event before fan-out.
   *
   * @param trace the trace id; null without a trace
   */
  public static LogContext event(Event event, String trace) {
    return ofEvent(event).field("trace.id", trace);
  }

  /**
   * Creates the context of a delivery.
   *
   * @param trace the trace id; null without a trace
   */
  public static LogContext delivery(Event event, String destination, String trace) {
    return ofEvent(event).field("labels.destination", destination).field("trace.id", trace);
  }

  private static LogContext ofEvent(Event event) {
    return new LogContext().field("labels.receipt", event.receipt()).field("event.id", event.id());
  }

  private LogContext field(String name, String value) {
    if (value != null) {
      fields.put(name, value);
    }
    return this;
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
    return context == null ? Map.of() : Collections.unmodifiableMap(context.fields);
  }
}
