package org.solarrelay;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.smallrye.jwt.build.Jwt;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.util.Base64;
import java.util.Set;

/** A stub of an OpenID Connect provider, with discovery, keys and tokens. */
public final class IdentityProvider {

  public static final String CLIENT = "solar-relay-test";

  private static final int COORDINATE_BYTES = 32;

  private final WireMockServer server = new WireMockServer(options().dynamicPort());
  private KeyPair keys;

  /** Starts lazily, because Quarkus also initializes test resources of classes that do not run. */
  void start() {
    keys = newKeys();
    server.start();
    server.stubFor(
        get(urlPathEqualTo("/.well-known/openid-configuration"))
            .willReturn(
                okJson(
                    """
                    {"issuer":"%1$s","authorization_endpoint":"%1$s/login","token_endpoint":"%1$s/token",
                     "jwks_uri":"%1$s/keys","response_types_supported":["code"],
                     "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["ES256"]}\
                    """
                        .formatted(url()))));
    server.stubFor(get(urlPathEqualTo("/keys")).willReturn(okJson(published())));
  }

  String url() {
    return server.baseUrl();
  }

  void stop() {
    server.stop();
  }

  /** A token of a user with these roles. */
  public String token(String name, String... roles) {
    return token(CLIENT, name, roles);
  }

  /** A token that was issued to another client. */
  public String token(String audience, String name, String[] roles) {
    return Jwt.issuer(url())
        .audience(audience)
        .subject(name + "-id")
        .preferredUserName(name)
        .groups(Set.of(roles))
        .expiresIn(300)
        .jws()
        .keyId("test")
        .sign(keys.getPrivate());
  }

  /** A token with another signature. */
  public String forged(String name, String... roles) {
    return Jwt.issuer(url())
        .audience(CLIENT)
        .preferredUserName(name)
        .groups(Set.of(roles))
        .expiresIn(300)
        .jws()
        .keyId("test")
        .sign(newKeys().getPrivate());
  }

  /** Makes every login code that of this user. */
  public void logIn(String name, String... roles) {
    String token = token(name, roles);
    server.stubFor(
        post(urlPathEqualTo("/token"))
            .willReturn(
                okJson(
                    "{\"access_token\":\"%s\",\"id_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":300}"
                        .formatted(token, token))));
  }

  private String published() {
    ECPoint point = ((ECPublicKey) keys.getPublic()).getW();
    return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"test\",\"use\":\"sig\",\"alg\":\"ES256\",\"x\":\"%s\",\"y\":\"%s\"}]}"
        .formatted(encoded(point.getAffineX()), encoded(point.getAffineY()));
  }

  private static String encoded(BigInteger coordinate) {
    byte[] bytes = coordinate.toByteArray();
    byte[] padded = new byte[COORDINATE_BYTES];
    int length = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - length, padded, COORDINATE_BYTES - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(padded);
  }

  /** Uses an elliptic curve, because an RSA key takes seconds to generate. */
  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
