package org.solarrelay.ops.access;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.NewCookie;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The token of a browser's forms. A cookie and the address of each form hold the same random value;
 * another site can read neither. Browsers that send no {@code Sec-Fetch-Site} need the token.
 */
@RequestScoped
public class FormToken {

  static final String COOKIE = "relay_form";

  /** The query parameter of a form's address. */
  public static final String PARAMETER = "form";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  private String value;
  private boolean fresh;

  /** Returns the browser's token, a new one for a browser without one. */
  public String value() {
    if (value == null) {
      byte[] bytes = new byte[BYTES];
      RANDOM.nextBytes(bytes);
      value = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      fresh = true;
    }
    return value;
  }

  /**
   * @param cookie the value of the request's cookie
   */
  void set(String cookie) {
    value = cookie;
  }

  /** Returns the cookie to send; empty where the browser has it, or no page uses it. */
  Optional<NewCookie> cookie(boolean secure) {
    return fresh
        ? Optional.of(
            new NewCookie.Builder(COOKIE)
                .value(value)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .build())
        : Optional.empty();
  }
}
