package org.solarrelay.dryrun;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;

/** An HTTP client that opens no socket: stubs are its responses. */
final class StubHttpClient implements HttpClient {

  private final StubVendors vendors;

  StubHttpClient(StubVendors vendors) {
    this.vendors = vendors;
  }

  @Override
  public ClassicHttpResponse executeOpen(
      HttpHost target, ClassicHttpRequest request, HttpContext context) throws IOException {
    OutgoingRequest call = call(request);
    StubResponse answer = vendors.respond(call);
    if (answer.timesOut()) {
      throw new SocketTimeoutException("no response");
    }
    return response(answer, answer.bodyFor(call));
  }

  private static OutgoingRequest call(ClassicHttpRequest request) throws IOException {
    URI uri = uri(request);
    Map<String, String> headers = new TreeMap<>();
    for (Header header : request.getHeaders()) {
      String name = header.getName().toLowerCase(Locale.ROOT);
      headers.merge(name, SecretStandIns.header(name, header.getValue()), (a, b) -> a + ", " + b);
    }
    HttpEntity entity = request.getEntity();
    if (entity != null && entity.getContentType() != null) {
      headers.put("content-type", SecretStandIns.mask(entity.getContentType()));
    }
    return new OutgoingRequest(
        request.getMethod(),
        OutgoingRequest.origin(uri.getScheme(), uri.getHost(), uri.getPort()),
        uri.getRawPath().isEmpty() ? "/" : uri.getRawPath(),
        OutgoingRequest.parameters(
            uri.getRawQuery() == null ? "" : SecretStandIns.mask(uri.getRawQuery())),
        headers,
        SecretStandIns.mask(entity == null ? "" : text(entity)));
  }

  private static URI uri(ClassicHttpRequest request) throws IOException {
    try {
      return request.getUri();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static String text(HttpEntity entity) throws IOException {
    byte[] content = EntityUtils.toByteArray(entity);
    return content == null ? "" : new String(content, StandardCharsets.UTF_8);
  }

  private static ClassicHttpResponse response(StubResponse answer, String body) {
    BasicClassicHttpResponse response = new BasicClassicHttpResponse(answer.status(), "");
    answer.headers().forEach(response::addHeader);
    if (body != null && !body.isEmpty()) {
      response.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), null));
    }
    return response;
  }

  @Override
  public HttpResponse execute(ClassicHttpRequest request) {
    throw unsupported();
  }

  @Override
  public HttpResponse execute(ClassicHttpRequest request, HttpContext context) {
    throw unsupported();
  }

  @Override
  public ClassicHttpResponse execute(HttpHost target, ClassicHttpRequest request) {
    throw unsupported();
  }

  @Override
  public HttpResponse execute(HttpHost target, ClassicHttpRequest request, HttpContext context) {
    throw unsupported();
  }

  @Override
  public <T> T execute(ClassicHttpRequest request, HttpClientResponseHandler<? extends T> handler) {
    throw unsupported();
  }

  @Override
  public <T> T execute(
      ClassicHttpRequest request,
      HttpContext context,
      HttpClientResponseHandler<? extends T> handler) {
    throw unsupported();
  }

  @Override
  public <T> T execute(
      HttpHost target, ClassicHttpRequest request, HttpClientResponseHandler<? extends T> handler) {
    throw unsupported();
  }

  @Override
  public <T> T execute(
      HttpHost target,
      ClassicHttpRequest request,
      HttpContext context,
      HttpClientResponseHandler<? extends T> handler) {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("a dry run calls by executeOpen");
  }
}
