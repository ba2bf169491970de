package org.solarrelay.event.normal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailNormalizerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ada@example.com ",
        "ada@example.com\u00a0",
        "ada@example.com\u200b",
        "\ufeffada@exam\u00adple.com",
        "\tada@example.com\n",
        "ada @ example.com",
        "mailto:ada@example.com",
        "MAILTO:ada@example.com?subject=Solar",
        "<ada@example.com>",
        "Ada Brook <ada@example.com>",
        "\"Brook, Ada\" <ada@example.com>",
        "bob@example.net <ada@example.com>",
        "ada@example.com (work)",
        "email: ada@example.com",
        "'ada@example.com'",
        "ada@example.com.",
        "ada@example.com,",
        "ada@example.com, bob@example.com",
        "ada@example.com; bob@example.com",
        "ada@example.com / bob@example.com",
        "ada@example.com/bob@example.com",
        "ada@example.com or bob@example.com",
        "ada@example.com\nbob@example.com",
        "[ada@example.com](mailto:ada@example.com)",
        "ada%40example.com",
        "\uff41\uff44\uff41\uff20example.com",
        "ada@example\u3002com"
      })
  void theFirstAddressIsFound(String text) {
    assertThat(EmailNormalizer.normalize(text)).contains("ada@example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada@Example.COM",
        "ada+solar@example.com",
        "o'brien@example.com",
        "a/b@example.com",
        "ada@b\u00fccher.example",
        "\u30a2\u30c0@\u4f8b\u3048.example",
        "a@b"
      })
  void anAddressStaysAsItIsWritten(String address) {
    assertThat(EmailNormalizer.normalize(address)).contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@",
        "@example.com",
        "@",
        "n/a",
        "none",
        "ada.example.com",
        "ada@@example.com",
        "ada@example..com",
        "ada@.com",
        "ada brook",
        "\u00a0"
      })
  void halfAnAddressIsNone(String text) {
    assertThat(EmailNormalizer.normalize(text)).isEmpty();
  }

  @Test
  void severalAddressesAreRecognised() {
    assertThat(EmailNormalizer.isSeveral("ada@example.com, bob@example.com")).isTrue();
    assertThat(EmailNormalizer.isSeveral("Ada <ada@example.com>")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "@", "a@b,", "@ ", "<", "a@"})
  void aMebibyteIsReadAtOnce(String part) {
    String text = part.repeat((1 << 20) / part.length());

    Assertions.assertTimeout(Duration.ofSeconds(5), () -> EmailNormalizer.normalize(text));
  }
}
