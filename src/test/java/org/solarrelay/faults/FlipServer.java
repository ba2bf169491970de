package org.solarrelay.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Flip, whose program has as many enrollments as a case needs. */
final class FlipServer {

  private static final String ENROLLMENT =
      """
      {"id":"%s","status":"ACTIVE","created_at":"2026-03-01T12:00:00Z",
       "site":{"id":"s","email":"ada.%d@example.com","street_address":"%d Main St","zip_code":"95814"},
       "devices":[{"id":"d","attributes":{"battery_capacity_wh":13500}}],
       "updated_at":"2026-03-02T12:00:00Z"}\
      """;

  private final HttpServer server;
  private final AtomicInteger lists = new AtomicInteger();
  private volatile int enrollments;

  FlipServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::respond);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "flip");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on its list holds so many; it is away where there are none, as it is at first. */
  void list(int size) {
    enrollments = size;
  }

  /** How many lists it has begun to send. */
  int lists() {
    return lists.get();
  }

  private void respond(HttpExchange call) throws IOException {
    int size = enrollments;
    if (size == 0) {
      call.sendResponseHeaders(503, -1);
      call.close();
      return;
    }
    lists.incrementAndGet();
    call.getResponseHeaders().set("content-type", "application/json");
    call.sendResponseHeaders(200, 0);
    try (OutputStream out = new BufferedOutputStream(call.getResponseBody())) {
      write(out, "{\"total\":" + size + ",\"enrollments\":[");
      for (int n = 0; n < size; n++) {
        write(out, (n == 0 ? "" : ",") + ENROLLMENT.formatted(new UUID(7, n), n, n));
      }
      write(out, "]}");
    } catch (IOException e) {
      // the relay was killed meanwhile
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
