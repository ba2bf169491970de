package org.solarrelay.standalone;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.solarrelay.startup.StartupSettings;

/**
 * From where the relay can be reached: only what stays on this machine may be open to all on it.
 */
final class BindScope {

  private BindScope() {}

  /** Whether HTTP is bound to loopback: where QUARKUS_HTTP_HOST is unset, or names it. */
  static boolean isThisMachineOnly(StartupSettings settings) {
    return settings.get("QUARKUS_HTTP_HOST").map(BindScope::isLoopback).orElse(true);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
