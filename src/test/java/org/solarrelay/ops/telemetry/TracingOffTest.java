package org.solarrelay.ops.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Without an endpoint the relay starts no trace and writes no trace header. */
class TracingOffTest {

  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void noTraceIsStartedOrContinued() {
    assertThat(RelayTracer.OFF.start("webhook", SpanKind.SERVER)).isSameAs(TraceSpan.NONE);
    assertThat(RelayTracer.OFF.continueFrom(PARENT, "translate", SpanKind.CONSUMER))
        .isSameAs(TraceSpan.NONE);
  }

  @Test
  void recordsAndExchangesStayUnchanged() {
    RecordHeaders headers = new RecordHeaders();
    RelayTracer.inject(headers, TraceSpan.NONE);
    assertThat(headers).isEmpty();

    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    TraceSpan.NONE.attachTo(exchange);
    assertThat(exchange.hasProperties()).isFalse();
    assertThat(TraceSpan.of(exchange)).isSameAs(TraceSpan.NONE);
  }

  @Test
  void theSpanNoneHasNoEffect() {
    TraceSpan none =
        TraceSpan.NONE.startChild("call", SpanKind.CLIENT).with("a", "b").with("c", 1).failed();
    none.end();
    assertThat(none).isSameAs(TraceSpan.NONE);
    assertThat(none.traceId()).isNull();
    assertThat(none.traceparent()).isNull();
  }

  @Test
  void theTraceIdOfAMalformedHeaderIsNull() {
    assertThat(TraceSpan.traceIdOf(PARENT)).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(TraceSpan.traceIdOf("garbage")).isNull();
    assertThat(TraceSpan.traceIdOf(null)).isNull();
  }
}
