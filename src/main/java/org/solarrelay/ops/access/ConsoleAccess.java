package org.solarrelay.ops.access;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.solarrelay.ops.server.LocalHosts;

/**
 * Admits people to {@code /console}: with a session, a login of the identity provider or the
 * operator token. Sends other browsers to {@code /login}. Rejects changes that another site may
 * have sent.
 */
@Singleton
public class ConsoleAccess {

  private static final String PAGES = "/console";
  private static final String ASSETS = "/console/assets/";
  private static final Set<String> SIGN_IN = Set.of("/login", "/login/provider");

  private final OperatorTokens tokens;
  private final OperatorSessions sessions;
  private final IdentityProviderUsers providerUsers;
  private final CurrentUser current;
  private final FormToken form;

  ConsoleAccess(
      OperatorTokens tokens,
      OperatorSessions sessions,
      IdentityProviderUsers providerUsers,
      CurrentUser current,
      FormToken form) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.providerUsers = providerUsers;
    this.current = current;
    this.form = form;
  }

  /** Whether the console serves this request; a path that cannot be decoded is not served. */
  public static boolean serves(UriInfo uri) {
    try {
      return serves(uri.getPath());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static boolean serves(String path) {
    return isPage(path) || SIGN_IN.contains(path);
  }

  private static boolean isPage(String path) {
    return (path + "/").startsWith(PAGES + "/");
  }

  /**
   * Checks a request of the console.
   *
   * @return null if the request may pass
   */
  Uni<Response> check(ContainerRequestContext request, String path) {
    Map<String, Cookie> cookies = request.getCookies();
    Optional.ofNullable(cookies.get(FormToken.COOKIE)).map(Cookie::getValue).ifPresent(form::set);
    boolean reads = ReadMethods.matches(request);
    if (!reads && !path.equals("/login")) {
      requireSameSite(request);
    }
    if (path.startsWith(ASSETS) || !isPage(path) && !reads) {
      return Uni.createFrom().nullItem();
    }
    return user(request)
        .map(
            user -> {
              user.ifPresent(current::set);
              return user.isPresent() || !isPage(path) ? null : signIn(request);
            });
  }

  /** Finds out who sends a request; empty where it has no valid credentials. */
  private Uni<Optional<ConsoleUser>> user(ContainerRequestContext request) {
    Optional<ConsoleUser> known = withToken(request);
    return known.isPresent() || !tokens.isIdentityProviderOn()
        ? Uni.createFrom().item(known)
        : providerUsers.find();
  }

  private Optional<ConsoleUser> withToken(ContainerRequestContext request) {
    boolean named = tokens.isOpen() || tokens.isBearer(request.getHeaderString("Authorization"));
    return named
        ? Optional.of(
            new ConsoleUser(
                OperatorName.name(request.getHeaderString("X-Operator")), OperatorRole.OPERATOR))
        : sessions.user(request.getCookies());
  }

  /** A browser reports where a request comes from, unless it calls the relay by plain HTTP. */
  private void requireSameSite(ContainerRequestContext request) {
    String site = request.getHeaderString("Sec-Fetch-Site");
    String given = request.getUriInfo().getQueryParameters().getFirst(FormToken.PARAMETER);
    Cookie cookie = request.getCookies().get(FormToken.COOKIE);
    boolean ownForm =
        cookie != null
            && !cookie.getValue().isEmpty()
            && OperatorTokens.same(cookie.getValue(), given);
    if (!"same-origin".equals(site) && !ownForm) {
      throw new ApiProblem(
          403, "Forbidden", "Another site may have sent this request. Load the page again");
    }
  }

  private static Response signIn(ContainerRequestContext request) {
    URI asked = request.getUriInfo().getRequestUri();
    String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
    String next = ReadMethods.matches(request) ? asked.getRawPath() + query : PAGES;
    return Response.status(Response.Status.SEE_OTHER)
        .header("Location", "/login?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8))
        .build();
  }

  /** Whether a cookie for this request needs HTTPS: everywhere but on the browser's own machine. */
  public static boolean needsSecureCookie(String host) {
    return host == null || !LocalHosts.isLoopback(host);
  }
}
