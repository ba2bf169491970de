package org.solarrelay.ops.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/**
 * People whom the identity provider (OpenID Connect) knows: {@code viewer} reads, {@code operator}
 * does everything. Whatever is recorded of them stands under the name that it gives them.
 */
@Singleton
class IdentityProviderUsers {

  private static final String VIEWER = "viewer";
  private static final String OPERATOR = "operator";
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final CurrentVertxRequest current;
  private final IdentityProviderManager identities;
  private final HttpAuthenticator authenticator;

  IdentityProviderUsers(
      CurrentVertxRequest current,
      IdentityProviderManager identities,
      HttpAuthenticator authenticator) {
    this.current = current;
    this.identities = identities;
    this.authenticator = authenticator;
  }

  /**
   * Null lets the request pass. A browser that nobody has logged in is sent to the identity
   * provider.
   */
  Uni<Response> check(ContainerRequestContext request) {
    RoutingContext context = current.getCurrent();
    return QuarkusHttpUser.getSecurityIdentity(context, identities)
        .onFailure(AuthenticationFailedException.class)
        .transform(refused -> OperatorAccess.unauthorized())
        .flatMap(
            user ->
                user == null || user.isAnonymous()
                    ? logIn(request, context)
                    : admitted(request, user));
  }

  private static Uni<Response> admitted(ContainerRequestContext request, SecurityIdentity user) {
    boolean reads =
        READING.contains(request.getMethod())
            || request.getUriInfo().getPath().equals("/api/preview");
    if (!user.hasRole(OPERATOR) && !(reads && user.hasRole(VIEWER))) {
      throw new ApiProblem(
          403,
          "Forbidden",
          reads
              ? "Your account has neither the role viewer nor operator"
              : "Your account does not have the role operator");
    }
    request.getHeaders().putSingle("X-Operator", user.getPrincipal().getName());
    return Uni.createFrom().nullItem();
  }

  private Uni<Response> logIn(ContainerRequestContext request, RoutingContext context) {
    String accepted = request.getHeaderString("Accept");
    boolean browser = accepted != null && accepted.contains("text/html");
    if (!browser || !request.getMethod().equals("GET")) {
      throw OperatorAccess.unauthorized();
    }
    return authenticator.getChallenge(context).map(IdentityProviderUsers::redirect);
  }

  private static Response redirect(ChallengeData challenge) {
    if (challenge == null || challenge.status != Response.Status.FOUND.getStatusCode()) {
      throw OperatorAccess.unauthorized();
    }
    return Response.status(challenge.status)
        .header(challenge.headerName.toString(), challenge.headerContent)
        .build();
  }
}
