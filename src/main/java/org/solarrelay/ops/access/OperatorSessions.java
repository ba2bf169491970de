package org.solarrelay.ops.access;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions of people who sign in with the operator token. The relay stores no session: each is
 * in its cookie.
 */
@Singleton
public class OperatorSessions {

  static final String COOKIE = "relay_session";
  static final Duration LENGTH = Duration.ofHours(12);

  private final OperatorTokens tokens;

  OperatorSessions(OperatorTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * Begins a session.
   *
   * @param name the person's name; blank or null for none
   * @param secure whether browsers send the cookie by HTTPS only
   * @return the cookie of the session; empty where the token is wrong
   */
  public Optional<NewCookie> begin(String token, String name, boolean secure) {
    if (token == null || !tokens.isValid(token)) {
      return Optional.empty();
    }
    Instant end = Instant.now().plus(LENGTH);
    String value = SessionTokenCodec.encode(token, OperatorName.name(name), end);
    return Optional.of(cookie(value, (int) LENGTH.toSeconds(), secure));
  }

  /** Returns the cookie that ends the session of a browser. */
  public NewCookie end(boolean secure) {
    return cookie("", 0, secure);
  }

  /** Returns the person of a session; empty where the request has no valid one. */
  Optional<ConsoleUser> user(Map<String, Cookie> cookies) {
    Cookie cookie = cookies.get(COOKIE);
    return cookie == null || cookie.getValue().isEmpty()
        ? Optional.empty()
        : tokens
            .current()
            .flatMap(token -> SessionTokenCodec.decode(token, cookie.getValue(), Instant.now()))
            .map(name -> new ConsoleUser(name, OperatorRole.OPERATOR));
  }

  private static NewCookie cookie(String value, int seconds, boolean secure) {
    return new NewCookie.Builder(COOKIE)
        .value(value)
        .path("/")
        .maxAge(seconds)
        .httpOnly(true)
        .secure(secure)
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }
}
