package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receives webhooks and keeps them in order. */
final class WebhookReceiver implements AutoCloseable {
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  WebhookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<JsonNode> received() {
    return received;
  }

  private void receive(HttpExchange call) throws IOException {
    received.add(SandboxResponse.JSON.readTree(call.getRequestBody()));
    call.sendResponseHeaders(202, -1);
    call.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
