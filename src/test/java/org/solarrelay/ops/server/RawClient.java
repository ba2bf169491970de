package org.solarrelay.ops.server;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A raw socket to the relay's HTTP port, for malformed and slow requests. */
final class RawClient implements AutoCloseable {

  private final Socket socket;

  RawClient() throws IOException {
    socket = new Socket("localhost", RestAssured.port);
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Reads until the server closes the connection or sends nothing for a second. */
  String response() throws IOException {
    socket.setSoTimeout(10_000);
    StringBuilder response = new StringBuilder();
    try {
      for (int character = read(); character != -1; character = read()) {
        response.append((char) character);
        socket.setSoTimeout(1_000);
      }
    } catch (SocketTimeoutException e) {
      // the response is complete
    }
    return response.toString();
  }

  /** The first line of a response, whatever follows it. */
  String statusLine() throws IOException {
    socket.setSoTimeout(10_000);
    StringBuilder line = new StringBuilder();
    for (int character = read(); character != -1 && character != '\n'; character = read()) {
      line.append((char) character);
    }
    return line.toString();
  }

  /**
   * Sends {@code drop} every second.
   *
   * @return the time until the server closed the connection
   */
  Duration dripUntilClosed(char drop, Duration patience) throws Exception {
    long start = System.nanoTime();
    socket.setSoTimeout(1_000);
    while (Duration.ofNanos(System.nanoTime() - start).compareTo(patience) < 0) {
      try {
        send(String.valueOf(drop));
        if (read() == -1) {
          return Duration.ofNanos(System.nanoTime() - start);
        }
      } catch (SocketTimeoutException e) {
        // still open
      } catch (IOException e) {
        return Duration.ofNanos(System.nanoTime() - start);
      }
    }
    throw new AssertionError("still open after " + patience);
  }

  /** Whether the server responds and then closes the connection. */
  boolean closedAfterResponse() throws IOException {
    return !response().isEmpty() && closed();
  }

  /** Whether the server closes the connection within 2 s, without further bytes. */
  boolean closed() throws IOException {
    return closedWithin(2_000);
  }

  /** Whether the server closes the connection within so many milliseconds. */
  boolean closedWithin(int millis) throws IOException {
    int previous = socket.getSoTimeout();
    socket.setSoTimeout(millis);
    try {
      return read() == -1;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    } finally {
      socket.setSoTimeout(previous);
    }
  }

  private int read() throws IOException {
    InputStream in = socket.getInputStream();
    return in.read();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
