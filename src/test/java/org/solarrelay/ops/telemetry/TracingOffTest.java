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
    assertThat(Tracing.OFF.begin("webhook", SpanKind.SERVER)).isSameAs(Trace.NONE);
    assertThat(Tracing.OFF.after(PARENT, "translate", SpanKind.CONSUMER)).isSameAs(Trace.NONE);
  }

  @Test
  void nothingIsWrittenToRecordsOrExchanges() {
    RecordHeaders headers = new RecordHeaders();
    Tracing.mark(headers, Trace.NONE);
    assertThat(headers).isEmpty();

    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    Trace.NONE.carriedBy(exchange);
    assertThat(exchange.hasProperties()).isFalse();
    assertThat(Trace.of(exchange)).isSameAs(Trace.NONE);
  }

  @Test
  void whatIsAskedOfNoStepIsNothing() {
    Trace none = Trace.NONE.within("call", SpanKind.CLIENT).with("a", "b").with("c", 1).failed();
    none.end();
    assertThat(none).isSameAs(Trace.NONE);
    assertThat(none.id()).isNull();
    assertThat(none.parent()).isNull();
  }

  @Test
  void theTraceOfAHeaderIsReadOnlyWhereItIsOne() {
    assertThat(Trace.idIn(PARENT)).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(Trace.idIn("garbage")).isNull();
    assertThat(Trace.idIn(null)).isNull();
  }
}
