package org.solarrelay.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Computes the hash by which webhooks without an explicit id are compared. */
public final class ContentHash {

  // Enerflo 2.0 signs the URLs of a deal's files anew in each delivery
  private static final Pattern SIGNED_URL =
      Pattern.compile("(?i)https?://\\S+[?&](x-amz-\\w+|x-goog-\\w+|signature|sig|expires|token)=");

  private ContentHash() {}

  /**
   * The SHA-256 of JSON in hex, without signed URLs; independent of the order of an object's
   * fields.
   */
  public static String of(JsonNode content) {
    try {
      byte[] canonical = canonical(content).toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The hash of content and the time that its sender gives.
   *
   * @param time null where there is none
   */
  public static String of(JsonNode content, String time) {
    return of(JsonNodeFactory.instance.arrayNode().add(content).add(time));
  }

  /** The hash of an object without these of its fields. */
  public static String without(JsonNode content, String... fields) {
    return of(
        content instanceof ObjectNode object ? object.deepCopy().without(Set.of(fields)) : content);
  }

  private static JsonNode canonical(JsonNode node) {
    if (node.isObject()) {
      return sorted(node);
    }
    if (node.isArray()) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> items.add(canonical(item)));
      return items;
    }
    return node.isTextual() && SIGNED_URL.matcher(node.textValue()).lookingAt()
        ? JsonNodeFactory.instance.nullNode()
        : node;
  }

  private static ObjectNode sorted(JsonNode object) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    TreeSet<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    names.forEach(name -> fields.set(name, canonical(object.get(name))));
    return fields;
  }
}
