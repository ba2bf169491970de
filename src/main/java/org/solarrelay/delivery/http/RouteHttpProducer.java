package org.solarrelay.delivery.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Producer;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.solarrelay.event.InvalidMessageException;

/**
 * Calls the blocking client on a thread of the endpoint, because the caller may be an event loop: a
 * route continues there after {@code vertx-http:}. Like {@link VendorHttpBinding}, it keeps the
 * response for the ledger, and no failure's text contains the URL's query.
 */
final class RouteHttpProducer extends DefaultAsyncProducer {

  /** The exchange whose request the client prepares on this thread. */
  private static final ThreadLocal<Exchange> CALLING = new ThreadLocal<>();

  private final RouteHttpEndpoint endpoint;
  private final Producer client;

  RouteHttpProducer(RouteHttpEndpoint endpoint, Producer client) {
    super(endpoint);
    this.endpoint = endpoint;
    this.client = client;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    try {
      endpoint
          .executor()
          .execute(
              () -> {
                call(exchange);
                callback.done(false);
              });
      return false;
    } catch (RejectedExecutionException stopping) {
      exchange.setException(stopping);
      callback.done(true);
      return true;
    }
  }

  private void call(Exchange exchange) {
    VendorResponse.removeFrom(exchange);
    BufferedBody.releaseFrom(exchange);
    VendorCallTrace.begin(exchange, endpoint.getEndpoint().getHttpUri());
    Integer status = null;
    Object sent = exchange.getMessage().getBody();
    try {
      rejectUrlHeaders(exchange);
      RouteHeaderFilter.removeReceivedType(exchange);
      // Camel would decompress an unrequested gzip body without a limit
      exchange.setProperty(Exchange.SKIP_GZIP_ENCODING, true);
      encodeBody(exchange);
      CALLING.set(exchange);
      client.process(exchange);
      byte[] body = body(exchange);
      status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
      VendorResponse.of(status, body).attachTo(exchange);
    } catch (HttpOperationFailedException e) {
      status = e.getStatusCode();
      new VendorResponse(status, e.getResponseBody()).attachTo(exchange);
      exchange.setException(withoutQuery(e));
    } catch (IOException e) {
      exchange.setException(transportFailure(e));
    } catch (Throwable e) {
      exchange.setException(e);
    } finally {
      CALLING.remove();
      if (exchange.getException() != null) {
        exchange.getMessage().setBody(sent);
      }
      VendorCallTrace.end(exchange, status);
      AttemptCalls.end(exchange, status);
    }
  }

  /** Adds the request that the client sends on this thread to the calls of the attempt. */
  static void begin(ClassicHttpRequest request) {
    Exchange exchange = CALLING.get();
    if (exchange != null) {
      AttemptCalls.begin(exchange, () -> vendorCall(request));
    }
  }

  private static VendorCall vendorCall(ClassicHttpRequest request) {
    HttpEntity entity = request.getEntity();
    return new VendorCall(
        request.getMethod(),
        request.getScheme() + "://" + request.getAuthority() + request.getRequestUri(),
        name -> header(request, name),
        RequestBody.of(entity));
  }

  private static String header(ClassicHttpRequest request, String name) {
    Header header = request.getFirstHeader(name);
    HttpEntity entity = request.getEntity();
    boolean ofEntity = header == null && entity != null && name.equals(Exchange.CONTENT_TYPE);
    return header != null ? header.getValue() : ofEntity ? entity.getContentType() : null;
  }

  private void rejectUrlHeaders(Exchange exchange) {
    Message message = exchange.getMessage();
    boolean bridge = endpoint.getEndpoint().isBridgeEndpoint();
    if (message.getHeader(Exchange.REST_HTTP_URI) != null
        || !bridge && message.getHeader(Exchange.HTTP_URI) != null) {
      throw new InvalidMessageException(
          "A header of the message sets the URL to call; only the endpoint in the route may set it");
    }
  }

  /**
   * Encodes text and JSON as bytes, in UTF-8 unless the media type names another charset. Camel
   * would send text in ISO 8859-1, and jq's JSON in chunks without a length.
   */
  private void encodeBody(Exchange exchange) {
    Message message = exchange.getMessage();
    Object body = message.getBody();
    if (body instanceof String text && !endpoint.getEndpoint().isMultipartUpload()) {
      message.setBody(text.getBytes(charset(message)));
    } else if (body instanceof JsonNode json) {
      String text = json.isTextual() ? json.textValue() : json.toString();
      message.setBody(text.getBytes(charset(message)));
    }
  }

  private static Charset charset(Message message) {
    String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
    Charset named = type == null ? null : ContentType.parseLenient(type).getCharset();
    return named == null ? StandardCharsets.UTF_8 : named;
  }

  private static byte[] body(Exchange exchange) throws IOException {
    Message response = exchange.getMessage();
    if (!(response.getBody() instanceof InputStream content)) {
      return null;
    }
    if (content instanceof BufferedBody held) {
      held.attachTo(exchange);
    }
    try (content) {
      byte[] body = content.readAllBytes();
      response.setBody(body);
      return body;
    }
  }

  private static Exception withoutQuery(HttpOperationFailedException failure) {
    return new HttpOperationFailedException(
        failure.getUri().replaceFirst("\\?.*", ""),
        failure.getStatusCode(),
        failure.getStatusText(),
        failure.getRedirectLocation(),
        failure.getResponseHeaders(),
        failure.getResponseBody());
  }

  private IOException transportFailure(IOException failure) {
    if (failure instanceof ConnectTimeoutException) {
      return new ConnectException("No connection within " + endpoint.getComponent().connectWait());
    }
    if (failure instanceof SocketTimeoutException) {
      return new SocketTimeoutException(
          "No response within " + endpoint.getComponent().responseWait());
    }
    return failure;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    ServiceHelper.startService(client);
  }

  @Override
  protected void doStop() throws Exception {
    ServiceHelper.stopService(client);
    super.doStop();
  }
}
