package org.solarrelay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for processes that tests start. They are below those that the system gives to outgoing
 * connections, one of which could take the port before or while its owner is away.
 */
public final class PortAllocator {

  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private PortAllocator() {}

  /** Each port is given once. */
  public static int next() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (GIVEN.add(port)) {
          return port;
        }
      } catch (IOException taken) {
        // then another
      }
    }
  }
}
