package org.solarrelay.ops.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import org.apache.camel.Exchange;

/**
 * One step of a trace, from when it is made until it is ended. It is handed on by hand and never is
 * a thread's current one, since steps begin on one thread and end on another. What it says of
 * itself names records, stages and systems: no personal data, no key, no URL.
 */
public final class TraceSpan {

  /** Where tracing is off, or nobody began a trace; everything can be asked of it, to no effect. */
  public static final TraceSpan NONE = new TraceSpan(null, null);

  private static final String PROPERTY = "relay.trace";

  private final Tracer tracer;
  private final Span span;

  private TraceSpan(Tracer tracer, Span span) {
    this.tracer = tracer;
    this.span = span;
  }

  static TraceSpan begin(Tracer tracer, Context parent, String name, SpanKind kind) {
    return new TraceSpan(
        tracer, tracer.spanBuilder(name).setParent(parent).setSpanKind(kind).startSpan());
  }

  /** A step within this one. */
  public TraceSpan within(String name, SpanKind kind) {
    return span == null ? NONE : begin(tracer, Context.root().with(span), name, kind);
  }

  /** Says something of the step; null says nothing. */
  public TraceSpan with(String name, String value) {
    if (span != null && value != null) {
      span.setAttribute(name, value);
    }
    return this;
  }

  /** Says a number of the step. */
  public TraceSpan with(String name, long value) {
    if (span != null) {
      span.setAttribute(name, value);
    }
    return this;
  }

  /** It did not go well; why is in the log and the ledger. */
  public TraceSpan failed() {
    if (span != null) {
      span.setStatus(StatusCode.ERROR);
    }
    return this;
  }

  public void end() {
    if (span != null) {
      span.end();
    }
  }

  /** How W3C's header {@code traceparent} names this step; null where there is none. */
  public String parent() {
    if (span == null || !span.getSpanContext().isValid()) {
      return null;
    }
    String[] header = new String[1];
    W3CTraceContextPropagator.getInstance()
        .inject(
            Context.root().with(span),
            header,
            (carrier, name, value) -> {
              if (name.equals(RelayTracer.HEADER)) {
                carrier[0] = value;
              }
            });
    return header[0];
  }

  /** The id of the whole trace; null where there is none. */
  public String id() {
    return span == null ? null : span.getSpanContext().getTraceId();
  }

  /** The id of the trace that a {@code traceparent} is of; null where that is null or none. */
  public static String idIn(String parent) {
    return parent != null && parent.matches("[0-9a-f]{2}-[0-9a-f]{32}-.*")
        ? parent.substring(3, 35)
        : null;
  }

  /** The exchange works for this step from now on. */
  public void carriedBy(Exchange exchange) {
    if (span != null) {
      exchange.setProperty(PROPERTY, this);
    }
  }

  /** The step that an exchange works for. */
  public static TraceSpan of(Exchange exchange) {
    TraceSpan carried = exchange.getProperty(PROPERTY, TraceSpan.class);
    return carried == null ? NONE : carried;
  }
}
