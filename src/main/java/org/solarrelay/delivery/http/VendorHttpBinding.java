package org.solarrelay.delivery.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.component.vertx.http.DefaultVertxHttpBinding;
import org.apache.camel.component.vertx.http.VertxHttpConstants;
import org.apache.camel.component.vertx.http.VertxHttpEndpoint;
import org.apache.camel.component.vertx.http.VertxHttpHelper;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * Works around five faults of camel-vertx-http 4.17 in calls of vendors:
 *
 * <ul>
 *   <li>It sends https to a URL with a port unencrypted.
 *   <li>It decodes queries twice.
 *   <li>The text of a time-out contains the query, and with it the key.
 *   <li>It takes an informational response for the final one.
 *   <li>It reads a response of any size into memory.
 * </ul>
 */
public class VendorHttpBinding extends DefaultVertxHttpBinding {

  /** Bytes of a list that are kept for error messages while a reader takes the rest. */
  private static final int BEGINNING_OF_LIST = 1 << 18;

  private final Duration responseTimeout;
  private final int longestResponse;
  private final boolean readsLists;
  private final ResponsePermits permits;

  /**
   * @param longestResponse bytes to keep of a response
   * @param readsLists whether the exchange's {@link ResponseReader} reads a longer response
   */
  VendorHttpBinding(
      Duration responseTimeout, int longestResponse, boolean readsLists, ResponsePermits permits) {
    this.responseTimeout = responseTimeout;
    this.readsLists = readsLists;
    this.longestResponse = longestResponse;
    this.permits = permits;
  }

  @Override
  public HttpRequest<Buffer> prepareHttpRequest(VertxHttpEndpoint endpoint, Exchange exchange)
      throws Exception {
    InformationalResponseFilter.install(endpoint);
    VendorResponse.removeFrom(exchange);
    URI target = VertxHttpHelper.resolveHttpURI(exchange, endpoint);
    VendorCallTrace.begin(exchange, target);
    String query = exchange.getMessage().getHeader(VertxHttpConstants.HTTP_QUERY, String.class);
    BoundedBodyCodec codec = bodyCodec(exchange);
    codec.attachTo(exchange);
    HttpRequest<Buffer> request =
        super.prepareHttpRequest(endpoint, exchange)
            .ssl("https".equals(target.getScheme()))
            .uri(pathAndQuery(target, query == null ? target.getRawQuery() : query))
            .timeout(responseTimeout.toMillis())
            .followRedirects(false)
            .as(codec);
    AttemptCalls.begin(exchange, () -> call(target, request, exchange.getMessage().getBody()));
    return request;
  }

  private static VendorCall call(URI target, HttpRequest<Buffer> request, Object body) {
    MultiMap headers = request.headers();
    return new VendorCall(
        request.method().name(),
        target.getScheme() + "://" + target.getAuthority() + request.uri(),
        headers::get,
        RequestBody.of(body, headers.get(HttpHeaders.CONTENT_TYPE)));
  }

  private BoundedBodyCodec bodyCodec(Exchange exchange) {
    ResponseReader reader = readsLists ? ResponseReader.of(exchange) : null;
    return new BoundedBodyCodec(
        reader == null ? longestResponse : BEGINNING_OF_LIST, reader, permits);
  }

  private static String pathAndQuery(URI target, String query) {
    String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    return query == null ? path : path + "?" + query;
  }

  @Override
  public void handleResponse(
      VertxHttpEndpoint endpoint, Exchange exchange, AsyncResult<HttpResponse<Buffer>> response)
      throws Exception {
    Integer status = response.succeeded() ? response.result().statusCode() : null;
    VendorCallTrace.end(exchange, status);
    AttemptCalls.end(exchange, status);
    if (response.failed()) {
      exchange.setException(transportFailure(response.cause()));
    } else {
      HttpResponse<Buffer> result = response.result();
      BoundedBodyCodec codec = exchange.getProperty(BufferedBody.PROPERTY, BoundedBodyCodec.class);
      if (codec != null && codec.isCut() && result.statusCode() / 100 == 2) {
        // the dropped part may change the response's meaning
        exchange.setException(codec.tooLong());
        return;
      }
      new VendorResponse(result.statusCode(), beginning(result)).attachTo(exchange);
      super.handleResponse(endpoint, exchange, response);
    }
  }

  private Exception transportFailure(Throwable cause) {
    if (cause instanceof TimeoutException) {
      // without its cause, whose text contains the query
      return new SocketTimeoutException("No response within " + responseTimeout);
    }
    return cause instanceof IOException io ? io : new IOException(cause.getMessage(), cause);
  }

  @Override
  public Throwable handleResponseFailure(
      VertxHttpEndpoint endpoint, Exchange exchange, HttpResponse<Buffer> result) throws Exception {
    Map<String, String> headers = new HashMap<>();
    result.headers().names().forEach(name -> headers.put(name, result.getHeader(name)));
    URI target = VertxHttpHelper.resolveHttpURI(exchange, endpoint);
    return new HttpOperationFailedException(
        target.toString().replaceFirst("\\?.*", ""),
        result.statusCode(),
        result.statusMessage(),
        result.getHeader("Location"),
        headers,
        beginning(result));
  }

  /** Returns the first part of the body as text; null where there is none. */
  private static String beginning(HttpResponse<Buffer> response) {
    Buffer body = response.body();
    if (body == null) {
      return null;
    }
    return body.getString(0, Math.min(body.length(), VendorResponse.LONGEST_TEXT), "UTF-8");
  }
}
