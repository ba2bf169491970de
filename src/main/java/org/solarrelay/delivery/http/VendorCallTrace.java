package org.solarrelay.delivery.http;

import io.opentelemetry.api.trace.SpanKind;
import java.net.URI;
import org.apache.camel.Exchange;
import org.solarrelay.ops.telemetry.TraceSpan;

/**
 * The calls of a delivery as steps of its trace. Of the URL they tell the host alone: paths and
 * queries hold keys and people's addresses. The vendor is not told of the trace, which is nobody's
 * business outside.
 */
final class VendorCallTrace {

  private static final String PROPERTY = "relay.trace.call";

  private VendorCallTrace() {}

  static void begin(Exchange exchange, URI target) {
    TraceSpan delivery = TraceSpan.of(exchange);
    if (delivery != TraceSpan.NONE) {
      TraceSpan call = delivery.within("call " + target.getHost(), SpanKind.CLIENT);
      call.with("server.address", target.getHost());
      exchange.setProperty(PROPERTY, call);
    }
  }

  /**
   * @param status null where there was no answer
   */
  static void end(Exchange exchange, Integer status) {
    TraceSpan call = (TraceSpan) exchange.removeProperty(PROPERTY);
    if (call == null) {
      return;
    }
    if (status != null) {
      call.with("http.response.status_code", status);
    }
    if (status == null || status >= 400) {
      call.failed();
    }
    call.end();
  }
}
