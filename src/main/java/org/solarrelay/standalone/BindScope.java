package org.solarrelay.standalone;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.solarrelay.startup.StartupSettings;

/**
 * Decides whether the relay is reachable from this machine only; only then it may run without
 * tokens.
 */
final class BindScope {

  private BindScope() {}

  /** Whether HTTP is bound to loopback: QUARKUS_HTTP_HOST is unset or a loopback address. */
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
