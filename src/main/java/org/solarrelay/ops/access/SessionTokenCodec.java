package org.solarrelay.ops.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/**
 * Writes and reads the token of a session: a JWT with the person's name and an end, signed with a
 * key that is derived from the operator token. Every pod can read the token, also after a restart;
 * a change of the operator token ends the session.
 */
final class SessionTokenCodec {

  private static final String MAC = "HmacSHA256";
  private static final String PURPOSE = "solar-relay console session";

  private SessionTokenCodec() {}

  /** Writes a token that is valid until {@code end}. */
  static String encode(String operatorToken, String name, Instant end) {
    JwtClaims claims = new JwtClaims();
    claims.setAudience(PURPOSE);
    claims.setSubject(name);
    claims.setExpirationTime(NumericDate.fromSeconds(end.getEpochSecond()));
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    signature.setKey(key(operatorToken));
    signature.setPayload(claims.toJson());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("A session cannot be signed", e);
    }
  }

  /** Returns the person's name; empty where the token is invalid, forged or has ended. */
  static Optional<String> decode(String operatorToken, String token, Instant now) {
    JwtConsumer consumer =
        new JwtConsumerBuilder()
            .setJwsAlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256)
            .setVerificationKey(key(operatorToken))
            .setExpectedAudience(PURPOSE)
            .setRequireExpirationTime()
            .setRequireSubject()
            .setEvaluationTime(NumericDate.fromSeconds(now.getEpochSecond()))
            .build();
    try {
      return Optional.of(consumer.processToClaims(token).getSubject());
    } catch (InvalidJwtException | MalformedClaimException e) {
      return Optional.empty();
    }
  }

  private static SecretKey key(String operatorToken) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(operatorToken.getBytes(StandardCharsets.UTF_8), MAC));
      return new SecretKeySpec(mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8)), MAC);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java has no " + MAC, e);
    }
  }
}
