package org.solarrelay.ops.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Begins traces, and goes on with those that a record on Kafka or in the ledger tells of. */
@Singleton
public class RelayTracer {

  /** W3C Trace Context's header, of records as well. */
  public static final String HEADER = "traceparent";

  private static final TextMapGetter<String> PARENT =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String parent) {
          return List.of(HEADER);
        }

        @Override
        public String get(String parent, String name) {
          return name.equals(HEADER) ? parent : null;
        }
      };

  /** For who only tries things out. */
  public static final RelayTracer OFF = new RelayTracer(OpenTelemetry.noop());

  private final Tracer tracer;

  RelayTracer(OpenTelemetry telemetry) {
    this.tracer = telemetry == OpenTelemetry.noop() ? null : telemetry.getTracer("solar-relay");
  }

  /** The first step of a trace. */
  public TraceSpan begin(String name, SpanKind kind) {
    return tracer == null ? TraceSpan.NONE : TraceSpan.begin(tracer, Context.root(), name, kind);
  }

  /**
   * A step after another, possibly of another program and long ago.
   *
   * @param parent W3C's header of that other one; without it, or where it is none, a trace begins
   */
  public TraceSpan after(String parent, String name, SpanKind kind) {
    if (tracer == null) {
      return TraceSpan.NONE;
    }
    Context context =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), parent, PARENT);
    return TraceSpan.begin(tracer, context, name, kind);
  }

  /** The header of a record, null where it has none. */
  public static String parent(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Sets a record's trace header, so that its consumer continues the span's trace. */
  public static void inject(Headers headers, TraceSpan span) {
    String parent = span.parent();
    if (parent != null) {
      headers.remove(HEADER);
      headers.add(HEADER, parent.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Copies a record with the span's trace header; without a trace, returns the record itself. */
  public static ConsumerRecord<byte[], byte[]> inject(
      ConsumerRecord<byte[], byte[]> record, TraceSpan span) {
    if (span == TraceSpan.NONE) {
      return record;
    }
    // a copy, because a repeated batch reads the same record again
    Headers headers = new RecordHeaders(record.headers());
    inject(headers, span);
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        TimestampType.CREATE_TIME,
        record.serializedKeySize(),
        record.serializedValueSize(),
        record.key(),
        record.value(),
        headers,
        record.leaderEpoch());
  }
}
