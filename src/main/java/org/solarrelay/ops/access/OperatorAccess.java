package org.solarrelay.ops.access;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Restricts {@code /api} and {@code /handoff} to operators: requests with {@code Authorization:
 * Bearer <RELAY_OPERATOR_TOKEN>} or, if one is configured, with a login of the identity provider.
 * With a session of the console a request may only read there. {@link ConsoleAccess} restricts the
 * console.
 */
@Singleton
class OperatorAccess {

  // Quarkus creates filters at build time, when no token is known yet
  private final Provider<OperatorTokens> tokens;
  private final Provider<IdentityProviderUsers> users;
  private final Provider<OperatorSessions> sessions;
  private final Provider<ConsoleAccess> console;

  OperatorAccess(
      Provider<OperatorTokens> tokens,
      Provider<IdentityProviderUsers> users,
      Provider<OperatorSessions> sessions,
      Provider<ConsoleAccess> console) {
    this.tokens = tokens;
    this.users = users;
    this.sessions = sessions;
    this.console = console;
  }

  /**
   * @return null if the request may pass
   */
  @ServerRequestFilter(preMatching = true)
  Uni<Response> check(ContainerRequestContext request) {
    String path = path(request);
    if (ConsoleAccess.serves(path)) {
      return console.get().check(request, path);
    }
    if (!path.startsWith("/api/") && !path.startsWith("/handoff/")) {
      return Uni.createFrom().nullItem();
    }
    OperatorTokens now = tokens.get();
    if (now.isOpen()
        || now.isBearer(request.getHeaderString("Authorization"))
        || mayReadBySession(request)) {
      return Uni.createFrom().nullItem();
    }
    if (now.isIdentityProviderOn()) {
      return users.get().check(request);
    }
    throw now.isConfigured()
        ? unauthorized()
        : new ApiProblem(503, "Service Unavailable", "RELAY_OPERATOR_TOKEN is not set");
  }

  private boolean mayReadBySession(ContainerRequestContext request) {
    return ReadMethods.matches(request) && sessions.get().user(request.getCookies()).isPresent();
  }

  /**
   * Quarkus decodes twice: an escaped percent sign such as {@code /%25;a} fails the second time.
   */
  private static String path(ContainerRequestContext request) {
    try {
      return request.getUriInfo().getPath();
    } catch (IllegalArgumentException e) {
      throw new ApiProblem(400, "Bad Request", "The path has a % that begins no escape");
    }
  }

  static ApiProblem unauthorized() {
    return new ApiProblem(
        401, "Unauthorized", "Send Authorization: Bearer with the operator token");
  }
}
