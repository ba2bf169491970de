package org.solarrelay.delivery.http;

import io.opentelemetry.api.trace.SpanKind;
import java.net.URI;
import org.apache.camel.Exchange;
import org.solarrelay.ops.telemetry.TraceSpan;

/**
 * Adds a span to a delivery's trace for each call. The span names only the URL's host, because
 * paths and queries contain keys and people's addresses. The request to the vendor has no trace
 * header.
 */
final class VendorCallTrace {

  private static final String PROPERTY = "relay.trace.call";

  private VendorCallTrace() {}

  static void begin(Exchange exchange, URI target) {
    TraceSpan delivery = TraceSpan.of(exchange);
    if (delivery != TraceSpan.NONE) {
      TraceSpan call = delivery.startChild("call " + target.getHost(), SpanKind.CLIENT);
      call.with("server.address", target.getHost());
      exchange.setProperty(PROPERTY, call);
    }
  }

  /**
   * @param status the HTTP status; null where there was no response
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
