package org.solarrelay.dryrun;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.impl.HttpResponseImpl;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** A prepared HTTP request that goes to {@link StubVendors} instead of a vendor. */
final class StubHttpRequest implements InvocationHandler {

  private final HttpRequest<Buffer> prepared;
  private final StubVendors vendors;

  private StubHttpRequest(HttpRequest<Buffer> prepared, StubVendors vendors) {
    this.prepared = prepared;
    this.vendors = vendors;
  }

  @SuppressWarnings("unchecked")
  static HttpRequest<Buffer> of(HttpRequest<Buffer> prepared, StubVendors vendors) {
    return (HttpRequest<Buffer>)
        Proxy.newProxyInstance(
            HttpRequest.class.getClassLoader(),
            new Class<?>[] {HttpRequest.class},
            new StubHttpRequest(prepared, vendors));
  }

  @Override
  @SuppressWarnings("unchecked")
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getName().startsWith("send")) {
      Object last = arguments == null ? null : arguments[arguments.length - 1];
      if (!(last instanceof Handler<?> end)) {
        throw new UnsupportedOperationException("a dry run cannot send by " + method);
      }
      Object body = arguments.length == 1 ? null : arguments[0];
      ((Handler<AsyncResult<HttpResponse<Buffer>>>) end).handle(answer(call(body)));
      return null;
    }
    try {
      Object result = method.invoke(prepared, arguments);
      return result == prepared ? proxy : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private OutgoingRequest call(Object body) {
    String[] uri = prepared.uri().split("\\?", 2);
    String scheme = Boolean.TRUE.equals(prepared.ssl()) ? "https" : "http";
    Map<String, String> headers = new TreeMap<>();
    prepared.headers().names().stream()
        .filter(name -> !name.equalsIgnoreCase("user-agent"))
        .forEach(name -> headers.put(name.toLowerCase(Locale.ROOT), header(name)));
    return new OutgoingRequest(
        prepared.method().name(),
        OutgoingRequest.origin(scheme, prepared.host(), prepared.port()),
        uri[0],
        OutgoingRequest.parameters(uri.length == 1 ? "" : SecretStandIns.mask(uri[1])),
        headers,
        SecretStandIns.mask(text(body)));
  }

  private String header(String name) {
    return prepared.headers().getAll(name).stream()
        .map(value -> SecretStandIns.header(name, value))
        .collect(Collectors.joining(", "));
  }

  private static String text(Object body) {
    if (body instanceof MultiMap form) {
      return form.entries().stream()
          .map(field -> field.getKey() + "=" + field.getValue())
          .collect(Collectors.joining("&"));
    }
    return body instanceof Buffer buffer
        ? buffer.toString(StandardCharsets.UTF_8)
        : body == null ? "" : String.valueOf(body);
  }

  private AsyncResult<HttpResponse<Buffer>> answer(OutgoingRequest call) {
    try {
      StubResponse answer = vendors.respond(call);
      return answer.timesOut()
          ? Future.failedFuture(new TimeoutException("no response"))
          : Future.succeededFuture(response(answer, call));
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
  }

  private static HttpResponse<Buffer> response(StubResponse answer, OutgoingRequest call) {
    String body = answer.bodyFor(call);
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(answer.headers());
    return new HttpResponseImpl<>(
        HttpVersion.HTTP_1_1,
        answer.status(),
        "",
        headers,
        MultiMap.caseInsensitiveMultiMap(),
        List.of(),
        body == null || body.isEmpty() ? null : Buffer.buffer(body),
        List.of());
  }
}
