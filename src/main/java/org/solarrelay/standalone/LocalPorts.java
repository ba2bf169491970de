package org.solarrelay.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Free and taken ports of this machine. */
final class LocalPorts {
  private LocalPorts() {}

  static int anyFree() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  static int anyFreeExcept(int other) throws IOException {
    int port = anyFree();
    return port == other ? anyFreeExcept(other) : port;
  }

  /** Whether something already listens where a server of ours would have to, on loopback. */
  static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // what a closed connection leaves in TIME_WAIT does not stop our servers either
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 1);
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
