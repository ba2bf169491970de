package org.solarrelay.console;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The host name of this pod, which Kubernetes sets to the pod's name. */
@Singleton
class PodName {

  private static final String UNKNOWN = "unknown";

  private volatile String name;

  @Override
  public String toString() {
    if (name == null) {
      name = find();
    }
    return name;
  }

  private static String find() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return UNKNOWN;
    }
  }
}
