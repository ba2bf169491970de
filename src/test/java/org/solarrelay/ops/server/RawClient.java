package org.solarrelay.ops.server;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client that says what it likes, as slowly as it likes. */
final class RawClient implements AutoCloseable {

  private final Socket socket;

  RawClient() throws IOException {
    socket = new Socket("localhost", RestAssured.port);
  }

  void say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** All that the server answers until it closes, or until it is silent for a second after that. */
  String answer() throws IOException {
    socket.setSoTimeout(10_000);
    StringBuilder answer = new StringBuilder();
    try {
      for (int one = read(); one != -1; one = read()) {
        answer.append((char) one);
        socket.setSoTimeout(1_000);
      }
    } catch (SocketTimeoutException e) {
      // it has said all
    }
    return answer.toString();
  }

  /** The first line of a response, whatever follows it. */
  String statusLine() throws IOException {
    socket.setSoTimeout(10_000);
    StringBuilder line = new StringBuilder();
    for (int one = read(); one != -1 && one != '\n'; one = read()) {
      line.append((char) one);
    }
    return line.toString();
  }

  /**
   * Says {@code drop} every second.
   *
   * @return how long until the server closed
   */
  Duration dripUntilClosed(char drop, Duration patience) throws Exception {
    long start = System.nanoTime();
    socket.setSoTimeout(1_000);
    while (Duration.ofNanos(System.nanoTime() - start).compareTo(patience) < 0) {
      try {
        say(String.valueOf(drop));
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

  /** True where the server responds and then closes. */
  boolean closedAfterResponse() throws IOException {
    return !answer().isEmpty() && closed();
  }

  /** True where the server has closed the connection without a word. */
  boolean closed() throws IOException {
    return closedWithin(2_000);
  }

  /** The same, for one that may stay open. */
  boolean closedWithin(int millis) throws IOException {
    int usual = socket.getSoTimeout();
    socket.setSoTimeout(millis);
    try {
      return read() == -1;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    } finally {
      socket.setSoTimeout(usual);
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
