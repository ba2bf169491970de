package org.solarrelay.ops.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionTokenCodecTest {

  private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
  private static final Instant END = NOW.plusSeconds(60);

  private final String token = SessionTokenCodec.encode("secret", "ada", END);

  @Test
  void aTokenHasThePersonsNameUntilItsEnd() {
    assertThat(SessionTokenCodec.decode("secret", token, NOW)).contains("ada");
    assertThat(SessionTokenCodec.decode("secret", token, END.minusSeconds(1))).contains("ada");
    assertThat(SessionTokenCodec.decode("secret", token, END)).isEmpty();
  }

  @Test
  void anotherOperatorTokenEndsIt() {
    assertThat(SessionTokenCodec.decode("next secret", token, NOW)).isEmpty();
  }

  @Test
  void aTokenThatWasChangedIsInvalid() {
    String[] parts = token.split("\\.");
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String unsigned = encoded("{\"alg\":\"none\"}") + "." + parts[1] + ".";

    assertThat(claims).contains("ada");
    assertThat(decode(parts[0] + "." + encoded(claims.replace("ada", "eve")) + "." + parts[2]))
        .isEmpty();
    assertThat(decode(unsigned)).isEmpty();
    assertThat(decode(parts[0] + "." + parts[1])).isEmpty();
    assertThat(decode("")).isEmpty();
    assertThat(decode("a b;c")).isEmpty();
  }

  private static Optional<String> decode(String changed) {
    return SessionTokenCodec.decode("secret", changed, NOW);
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
