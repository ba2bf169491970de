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

/** Starts traces, and continues those whose {@code traceparent} a record or delivery carries. */
@Singleton
public class RelayTracer {

  /** The header of W3C Trace Context, in HTTP and in Kafka records. */
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

  /** Creates no spans; for dry runs and tests. */
  public static final RelayTracer OFF = new RelayTracer(OpenTelemetry.noop());

  private final Tracer tracer;

  RelayTracer(OpenTelemetry telemetry) {
    this.tracer = telemetry == OpenTelemetry.noop() ? null : telemetry.getTracer("solar-relay");
  }

  /** Starts a trace and its first span. */
  public TraceSpan start(String name, SpanKind kind) {
    return tracer == null ? TraceSpan.NONE : TraceSpan.start(tracer, Context.root(), name, kind);
  }

  /**
   * Starts a span that continues a trace, possibly of another program.
   *
   * @param traceparent the W3C header of the span before; null or a malformed header starts a trace
   */
  public TraceSpan continueFrom(String traceparent, String name, SpanKind kind) {
    if (tracer == null) {
      return TraceSpan.NONE;
    }
    Context context =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, PARENT);
    return TraceSpan.start(tracer, context, name, kind);
  }

  /** The record header {@code traceparent}; null if there is none. */
  public static String traceparent(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Writes the span into the record headers, so that the record's consumer continues its trace. */
  public static void inject(Headers headers, TraceSpan span) {
    String traceparent = span.traceparent();
    if (traceparent != null) {
      headers.remove(HEADER);
      headers.add(HEADER, traceparent.getBytes(StandardCharsets.UTF_8));
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
