package org.solarrelay.standalone;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.solarrelay.startup.Settings;

/**
 * From where the relay can be reached: only what stays on this machine may be open to all on it.
 */
final class Reach {

  private Reach() {}

  /** Whether HTTP is bound to loopback: where QUARKUS_HTTP_HOST is unset, or names it. */
  static boolean isThisMachineOnly(Settings settings) {
    return settings.get("QUARKUS_HTTP_HOST").map(Reach::isLoopback).orElse(true);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
