package org.solarrelay.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A vendor that repeats the whole request in each response: URL, headers and body. It shows whether
 * the relay leaks secrets from responses.
 */
final class LeakDetectingVendor implements AutoCloseable {

  /** In place of a status: cuts the connection in the middle of the response. */
  static final int CUT = 0;

  private final HttpServer server;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int status = 200;

  LeakDetectingVendor() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::respond);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void respondWith(int status) {
    this.status = status;
  }

  int calls() {
    return calls.get();
  }

  private void respond(HttpExchange call) throws IOException {
    calls.incrementAndGet();
    String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String all = call.getRequestURI() + " " + call.getRequestHeaders().entrySet() + " " + body;
    String quoted = all.replaceAll("[^\\x20-\\x7e]", " ").replace("\\", "").replace("\"", "'");
    byte[] response =
        "{\"code\":\"NO\",\"message\":\"%s\"}".formatted(quoted).getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.getResponseHeaders().set("X-Repeated", quoted);
    if (status / 100 == 3) {
      call.getResponseHeaders().set("Location", url() + "/?" + call.getRequestURI().getRawQuery());
    }
    if (status == CUT) {
      call.sendResponseHeaders(200, response.length + 100);
      call.getResponseBody().write(response);
      call.getResponseBody().flush();
      throw new IOException("cut");
    }
    call.sendResponseHeaders(status, response.length);
    call.getResponseBody().write(response);
    call.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
