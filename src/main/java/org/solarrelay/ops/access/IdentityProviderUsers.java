package org.solarrelay.ops.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks the roles of users of the identity provider (OpenID Connect): {@code viewer} may read,
 * {@code operator} may also change. Records carry the name that the identity provider gives.
 */
@Singleton
public class IdentityProviderUsers {

  private final CurrentVertxRequest current;
  private final IdentityProviderManager identities;
  private final HttpAuthenticator authenticator;
  private final CurrentUser apiUser;

  IdentityProviderUsers(
      CurrentVertxRequest current,
      IdentityProviderManager identities,
      HttpAuthenticator authenticator,
      CurrentUser apiUser) {
    this.current = current;
    this.identities = identities;
    this.authenticator = authenticator;
    this.apiUser = apiUser;
  }

  /**
   * Checks the login of a request. Redirects a browser without login to the identity provider.
   *
   * @return null if the request may pass
   */
  Uni<Response> check(ContainerRequestContext request) {
    return QuarkusHttpUser.getSecurityIdentity(current.getCurrent(), identities)
        .onFailure(AuthenticationFailedException.class)
        .transform(failure -> OperatorAccess.unauthorized())
        .flatMap(
            user ->
                user == null || user.isAnonymous() ? logIn(request) : requireRole(request, user));
  }

  /**
   * Finds the person of a login; empty without one.
   *
   * @throws ApiProblem 403 where the account has no role of the relay
   */
  Uni<Optional<ConsoleUser>> find() {
    return QuarkusHttpUser.getSecurityIdentity(current.getCurrent(), identities)
        .map(Optional::ofNullable)
        .onFailure(AuthenticationFailedException.class)
        .recoverWithItem(Optional.empty())
        .map(
            login ->
                login
                    .filter(user -> !user.isAnonymous())
                    .map(
                        user ->
                            new ConsoleUser(
                                user.getPrincipal().getName(),
                                role(user).orElseThrow(IdentityProviderUsers::withoutRole))));
  }

  /** Returns the redirect to the identity provider. */
  public Uni<Response> redirect() {
    return authenticator.getChallenge(current.getCurrent()).map(IdentityProviderUsers::redirect);
  }

  private Uni<Response> requireRole(ContainerRequestContext request, SecurityIdentity user) {
    boolean reads =
        ReadMethods.matches(request) || request.getUriInfo().getPath().equals("/api/preview");
    OperatorRole role =
        role(user)
            .orElseThrow(
                reads ? IdentityProviderUsers::withoutRole : IdentityProviderUsers::notOperator);
    if (!reads && role != OperatorRole.OPERATOR) {
      throw notOperator();
    }
    String name = user.getPrincipal().getName();
    request.getHeaders().putSingle("X-Operator", name);
    apiUser.set(new ConsoleUser(name, role));
    return Uni.createFrom().nullItem();
  }

  private static Optional<OperatorRole> role(SecurityIdentity user) {
    return Stream.of(OperatorRole.OPERATOR, OperatorRole.VIEWER)
        .filter(role -> user.hasRole(role.text()))
        .findFirst();
  }

  private static ApiProblem withoutRole() {
    return new ApiProblem(
        403, "Forbidden", "Your account has neither the role viewer nor operator");
  }

  static ApiProblem notOperator() {
    return new ApiProblem(403, "Forbidden", "Your account does not have the role operator");
  }

  private Uni<Response> logIn(ContainerRequestContext request) {
    String accepted = request.getHeaderString("Accept");
    boolean browser = accepted != null && accepted.contains("text/html");
    if (!browser || !request.getMethod().equals("GET")) {
      throw OperatorAccess.unauthorized();
    }
    return redirect();
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
