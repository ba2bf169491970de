package org.solarrelay.ops.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import org.apache.camel.Exchange;

/**
 * A span of a trace. Callers pass it on explicitly, and no thread has a current span, because a
 * span may end on another thread than it began on. Attributes name records, stages and systems: no
 * personal data, no key, no URL.
 */
public final class TraceSpan {

  /** The span without a trace, such as with tracing off; all its methods have no effect. */
  public static final TraceSpan NONE =
      new TraceSpan(TracerProvider.noop().get("none"), Span.getInvalid());

  private static final String PROPERTY = "relay.trace";

  private final Tracer tracer;
  private final Span span;

  private TraceSpan(Tracer tracer, Span span) {
    this.tracer = tracer;
    this.span = span;
  }

  static TraceSpan start(Tracer tracer, Context parent, String name, SpanKind kind) {
    return new TraceSpan(
        tracer, tracer.spanBuilder(name).setParent(parent).setSpanKind(kind).startSpan());
  }

  /** Starts a child of this span. */
  public TraceSpan startChild(String name, SpanKind kind) {
    return this == NONE ? NONE : start(tracer, Context.root().with(span), name, kind);
  }

  /** Sets an attribute; a null value sets nothing. */
  public TraceSpan with(String name, String value) {
    if (value != null) {
      span.setAttribute(name, value);
    }
    return this;
  }

  /** Sets a numeric attribute. */
  public TraceSpan with(String name, long value) {
    span.setAttribute(name, value);
    return this;
  }

  /** Sets the status to error; log and database hold the reason. */
  public TraceSpan failed() {
    span.setStatus(StatusCode.ERROR);
    return this;
  }

  public void end() {
    span.end();
  }

  /** The W3C header {@code traceparent} of this span; null for {@link #NONE}. */
  public String traceparent() {
    if (this == NONE || !span.getSpanContext().isValid()) {
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

  /** The trace id; null for {@link #NONE}. */
  public String traceId() {
    return this == NONE ? null : span.getSpanContext().getTraceId();
  }

  /** The trace id of a {@code traceparent}; null if the header is null or malformed. */
  public static String traceIdOf(String traceparent) {
    return traceparent != null && traceparent.matches("[0-9a-f]{2}-[0-9a-f]{32}-.*")
        ? traceparent.substring(3, 35)
        : null;
  }

  /** Attaches this span to an exchange. */
  public void attachTo(Exchange exchange) {
    if (this != NONE) {
      exchange.setProperty(PROPERTY, this);
    }
  }

  /** The span of an exchange; {@link #NONE} if it has none. */
  public static TraceSpan of(Exchange exchange) {
    TraceSpan attached = exchange.getProperty(PROPERTY, TraceSpan.class);
    return attached == null ? NONE : attached;
  }
}
