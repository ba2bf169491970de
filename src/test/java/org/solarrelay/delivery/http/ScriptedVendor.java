package org.solarrelay.delivery.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A vendor that sends the next scripted bytes as response to each request. */
public final class ScriptedVendor implements AutoCloseable {

  private final List<String> responses;
  private final AtomicInteger requests = new AtomicInteger();
  private final ServerSocket server;

  public ScriptedVendor(String... responses) throws IOException {
    this.responses = List.of(responses);
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "scripted-vendor");
    thread.setDaemon(true);
    thread.start();
  }

  public String url() {
    return "http://localhost:" + server.getLocalPort();
  }

  public int requests() {
    return requests.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        Thread thread = new Thread(() -> serve(connection), "scripted-vendor-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader input =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      while (readRequest(input)) {
        String response = responses.get(requests.getAndIncrement());
        connection.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
      }
    } catch (IOException gone) {
      // the client closes when it likes
    }
  }

  private static boolean readRequest(BufferedReader input) throws IOException {
    int length = 0;
    String line = input.readLine();
    if (line == null) {
      return false;
    }
    while (!line.isEmpty()) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).strip());
      }
      line = input.readLine();
    }
    for (int read = 0; read < length; read++) {
      input.read();
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
