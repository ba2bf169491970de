package org.solarrelay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Allocates ports for processes that tests start. They are below the ephemeral ports, of which an
 * outgoing connection could take one while the process restarts.
 */
public final class PortAllocator {

  private static final Set<Integer> ALLOCATED = ConcurrentHashMap.newKeySet();

  private PortAllocator() {}

  /** Returns a free port, each only once. */
  public static int next() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (ALLOCATED.add(port)) {
          return port;
        }
      } catch (IOException taken) {
        // in use: try the next one
      }
    }
  }
}
