package org.solarrelay.ops.server;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;

/**
 * Rejects cross-site requests of a browser in standalone mode, where no token protects a path: a
 * foreign {@code Host} (DNS rebinding) or {@code Origin} with 403, a form's media type at {@code
 * /api} with 415.
 */
@Singleton
class LocalRequestFilter {

  /** Before intake, which comes before the handlers of Quarkus that authenticate operators. */
  private static final int FIRST = -1000;

  private static final Pattern JSON = Pattern.compile("application/(.+\\+)?json\\s*(;.*)?");

  private final ReloadableConfig config;
  private final LocalHosts hosts;

  LocalRequestFilter(
      ReloadableConfig config,
      @ConfigProperty(name = "quarkus.http.host", defaultValue = "localhost") String bound) {
    this.config = config;
    this.hosts = new LocalHosts(bound, config.get().server().hosts().orElse(List.of()));
  }

  void mount(@Observes Router router) {
    if (config.get().standalone()) {
      router.route().order(FIRST).handler(this::check);
    }
  }

  private void check(RoutingContext context) {
    String path = context.normalizedPath();
    HttpServerRequest request = context.request();
    if (!isOpen(path)) {
      context.next();
    } else if (!hosts.areLocal(request.getHeader(HttpHeaders.HOST), request.getHeader("Origin"))) {
      reject(
          context,
          403,
          "Forbidden",
          "Without a token the relay accepts requests of this machine only, by a name such as"
              + " localhost; RELAY_SERVER_HOSTS adds names");
    } else if (path.startsWith("/api/") && hasForeignBody(request)) {
      reject(context, 415, "Unsupported Media Type", "Send Content-Type: application/json");
    } else {
      context.next();
    }
  }

  private boolean isOpen(String path) {
    RelayConfig now = config.get();
    String[] parts = path.split("/", 4);
    return switch (parts.length > 1 ? parts[1] : "") {
      case "sandbox" -> true;
      case "webhooks" -> parts.length > 2 && hasNoSecret(now.sources().get(parts[2]));
      default -> now.operator().token().isEmpty() && !now.oidc().enabled();
    };
  }

  private static boolean hasNoSecret(RelayConfig.Source source) {
    return source != null && source.tokens().isEmpty() && source.signingSecrets().isEmpty();
  }

  private static boolean hasForeignBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean body =
        length == null
            ? request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
            : !length.equals("0");
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return body && (type == null || !JSON.matcher(type.toLowerCase(Locale.ROOT)).matches());
  }

  private static void reject(RoutingContext context, int status, String title, String detail) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .end(
            "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(title, status, detail));
  }
}
