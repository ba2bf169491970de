package org.solarrelay.dryrun;

import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import org.apache.camel.Exchange;
import org.apache.camel.component.vertx.http.VertxHttpBinding;
import org.apache.camel.component.vertx.http.VertxHttpEndpoint;
import org.apache.camel.spi.HeaderFilterStrategy;

/** Prepares requests and reads responses as the real binding does; a stub is the response. */
final class StubHttpBinding implements VertxHttpBinding {

  private final VertxHttpBinding real;
  private final StubVendors vendors;

  StubHttpBinding(VertxHttpBinding real, StubVendors vendors) {
    this.real = real;
    this.vendors = vendors;
  }

  @Override
  public HttpRequest<Buffer> prepareHttpRequest(VertxHttpEndpoint endpoint, Exchange exchange)
      throws Exception {
    return StubHttpRequest.of(real.prepareHttpRequest(endpoint, exchange), vendors);
  }

  @Override
  public void populateRequestHeaders(
      VertxHttpEndpoint endpoint,
      Exchange exchange,
      HttpRequest<Buffer> request,
      HeaderFilterStrategy strategy) {
    real.populateRequestHeaders(endpoint, exchange, request, strategy);
  }

  @Override
  public void handleResponse(
      VertxHttpEndpoint endpoint, Exchange exchange, AsyncResult<HttpResponse<Buffer>> response)
      throws Exception {
    real.handleResponse(endpoint, exchange, response);
  }

  @Override
  public void populateResponseHeaders(
      Exchange exchange, HttpResponse<Buffer> response, HeaderFilterStrategy strategy) {
    real.populateResponseHeaders(exchange, response, strategy);
  }

  @Override
  public Object processResponseBody(
      VertxHttpEndpoint endpoint,
      Exchange exchange,
      HttpResponse<Buffer> result,
      boolean exceptionOnly)
      throws Exception {
    return real.processResponseBody(endpoint, exchange, result, exceptionOnly);
  }

  @Override
  public Throwable handleResponseFailure(
      VertxHttpEndpoint endpoint, Exchange exchange, HttpResponse<Buffer> result) throws Exception {
    return real.handleResponseFailure(endpoint, exchange, result);
  }
}
