package org.solarrelay.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds free ports and checks ports of this machine. */
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

  /** Whether a loopback port is in use. */
  static boolean isInUse(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // connections in TIME_WAIT do not block a server
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 1);
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
