package org.solarrelay.ops.access;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Set;

/** The HTTP methods that change nothing. */
final class ReadMethods {

  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private ReadMethods() {}

  /** Whether the request only reads. */
  static boolean matches(ContainerRequestContext request) {
    return METHODS.contains(request.getMethod());
  }
}
