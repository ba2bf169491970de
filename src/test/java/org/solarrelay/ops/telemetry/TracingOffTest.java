package org.solarrelay.ops.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Without an endpoint there is no trace, and nothing says that there is. */
class TracingOffTest {

  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void noStepBeginsNorGoesOn() {
    assertThat(RelayTracer.OFF.begin("webhook", SpanKind.SERVER)).isSameAs(TraceSpan.NONE);
    assertThat(RelayTracer.OFF.after(PARENT, "translate", SpanKind.CONSUMER))
        .isSameAs(TraceSpan.NONE);
  }

  @Test
  void nothingIsWrittenToRecordsOrExchanges() {
    RecordHeaders headers = new RecordHeaders();
    RelayTracer.inject(headers, TraceSpan.NONE);
    assertThat(headers).isEmpty();

    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    TraceSpan.NONE.carriedBy(exchange);
    assertThat(exchange.hasProperties()).isFalse();
    assertThat(TraceSpan.of(exchange)).isSameAs(TraceSpan.NONE);
  }

  @Test
  void whatIsAskedOfNoStepIsNothing() {
    TraceSpan none =
        TraceSpan.NONE.within("call", SpanKind.CLIENT).with("a", "b").with("c", 1).failed();
    none.end();
    assertThat(none).isSameAs(TraceSpan.NONE);
    assertThat(none.id()).isNull();
    assertThat(none.parent()).isNull();
  }

  @Test
  void theTraceOfAHeaderIsReadOnlyWhereItIsOne() {
    assertThat(TraceSpan.idIn(PARENT)).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(TraceSpan.idIn("garbage")).isNull();
    assertThat(TraceSpan.idIn(null)).isNull();
  }
}
