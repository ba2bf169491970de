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
 * Checks the roles of users of the identity provider (OpenID Connect): {@code viewer} may read,
 * {@code operator} may do everything. Records carry the name that the identity provider gives.
 */
@Singleton
class IdentityProviderUsers {

  private static final String VIEWER = "viewer";
  private static final String OPERATOR = "operator";
  private static final Set<String> READ_METHODS = Set.of("GET", "HEAD");

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
   * Checks the login of a request. Redirects a browser without login to the identity provider.
   *
   * @return null if the request may pass
   */
  Uni<Response> check(ContainerRequestContext request) {
    RoutingContext context = current.getCurrent();
    return QuarkusHttpUser.getSecurityIdentity(context, identities)
        .onFailure(AuthenticationFailedException.class)
        .transform(failure -> OperatorAccess.unauthorized())
        .flatMap(
            user ->
                user == null || user.isAnonymous()
                    ? logIn(request, context)
                    : requireRole(request, user));
  }

  private static Uni<Response> requireRole(ContainerRequestContext request, SecurityIdentity user) {
    boolean reads =
        READ_METHODS.contains(request.getMethod())
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
