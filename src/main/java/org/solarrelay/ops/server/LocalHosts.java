package org.solarrelay.ops.server;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names by which a browser on this machine may call the relay. */
public final class LocalHosts {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|[\\w.-]+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[\\da-f:]*]|[\\w.-]*?)\\.?(:\\d*)?");
  private static final Pattern ORIGIN = Pattern.compile("https?://(.+)");

  private final Set<String> names = new TreeSet<>();

  /**
   * @param bound the address that the server listens on
   * @param further more names that count as local
   */
  LocalHosts(String bound, Collection<String> further) {
    names.add(bound.toLowerCase(Locale.ROOT));
    further.forEach(name -> names.add(name.strip().toLowerCase(Locale.ROOT)));
  }

  /**
   * @param host the header {@code Host}; null in HTTP/1.0, which browsers do not use
   * @param origin the header {@code Origin}; null if there is none
   */
  boolean areLocal(String host, String origin) {
    if (host != null && !isLocal(host)) {
      return false;
    }
    if (origin == null) {
      return true;
    }
    Matcher site = ORIGIN.matcher(origin);
    return site.matches() && isLocal(site.group(1));
  }

  private boolean isLocal(String authority) {
    return name(authority)
        .filter(name -> LOOPBACK.matcher(name).matches() || names.contains(name))
        .isPresent();
  }

  /** Whether the header {@code Host} names the browser's own machine. */
  public static boolean isLoopback(String host) {
    return name(host).filter(name -> LOOPBACK.matcher(name).matches()).isPresent();
  }

  private static Optional<String> name(String authority) {
    Matcher parts = AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT));
    return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
  }
}
