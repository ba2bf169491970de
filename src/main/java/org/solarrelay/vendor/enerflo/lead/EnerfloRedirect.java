package org.solarrelay.vendor.enerflo.lead;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.PermanentFailureException;

/**
 * Checks Enerflo's redirect: the page must be at Enerflo, and its URL must not hold the API key.
 */
@Singleton
@Named("enerfloRedirect")
public class EnerfloRedirect {

  private final URI origin;
  private final Supplier<String> apiKey;

  @Inject
  public EnerfloRedirect(ReloadableConfig config) {
    this.origin =
        enerflo(config).url().map(URI::create).orElse(URI.create("http://enerflo.invalid"));
    this.apiKey = () -> enerflo(config).apiKey().orElse(null);
  }

  /**
   * The absolute URL of the page.
   *
   * @param location the response's header {@code Location}, absolute or relative; null where the
   *     response has none
   * @throws PermanentFailureException if the location is invalid or not a page of Enerflo; the text
   *     does not hold the location
   */
  public URI checked(String location) {
    URI target = resolved(location);
    if (target == null) {
      throw new PermanentFailureException("Enerflo's response has no location of the lead's page");
    }
    if (!isAtEnerflo(target)) {
      throw new PermanentFailureException(
          "Enerflo redirects to a page that is not at its own address");
    }
    if (holdsKey(target.toString())) {
      throw new PermanentFailureException(
          "Enerflo redirects to a page whose address holds the API key");
    }
    return target;
  }

  private URI resolved(String location) {
    try {
      return location == null || location.isBlank()
          ? null
          : origin.resolve("/").resolve(location.strip());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private boolean isAtEnerflo(URI target) {
    return origin.getScheme().equalsIgnoreCase(target.getScheme())
        && origin.getHost().equalsIgnoreCase(target.getHost())
        && port(origin) == port(target)
        && target.getRawUserInfo() == null;
  }

  private static int port(URI uri) {
    if (uri.getPort() != -1) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  private boolean holdsKey(String target) {
    String key = apiKey.get();
    return key != null
        && (target.contains(key)
            || target.contains(URLEncoder.encode(key, StandardCharsets.UTF_8)));
  }

  private static RelayConfig.Destination enerflo(ReloadableConfig config) {
    return config.get().destinations().get("enerflo");
  }
}
