package org.solarrelay.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes a JSON document at random: first its values and fields, sometimes its bytes as well. */
final class JsonMutator {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int LONG_TEXT = 20_000;
  private static final int DEEP = 300;

  /** Texts that a URL, a key, a row, a date, a number or a log line may not take well. */
  private static final List<String> TEXTS =
      List.of(
          "null",
          "true",
          "NaN",
          "-1",
          "",
          " ",
          "0",
          "4712.0",
          "1e400",
          "9".repeat(40),
          "../../installs/1",
          "%00",
          "${body}",
          "{{relay.operator-token}}",
          "'; drop table event; --",
          "<script>alert(1)</script>",
          "\u0000",
          "\ud800",
          "\u202e\u200b\u00a0",
          "täst-日本-1",
          "a\r\nX-Header: b",
          "04/18/2026",
          "2026-13-45T99:99:99Z",
          "ada@",
          "000-000-0000",
          "x".repeat(LONG_TEXT),
          "@".repeat(LONG_TEXT),
          "\"".repeat(2_000));

  private final Random random;

  JsonMutator(Random random) {
    this.random = random;
  }

  /** A changed copy; it may be no JSON any more. */
  byte[] mutate(byte[] document) throws IOException {
    JsonNode tree = JSON.readTree(document);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      tree = changed(tree);
    }
    byte[] bytes = JSON.writeValueAsBytes(tree);
    return random.nextInt(4) == 0 ? changedBytes(bytes) : bytes;
  }

  /** One of the texts that are hard to take. */
  String text() {
    return pick(TEXTS);
  }

  private JsonNode changed(JsonNode root) {
    List<ObjectNode> objects = new ArrayList<>();
    collect(root, objects);
    if (objects.isEmpty() || random.nextInt(20) == 0) {
      return hostileValue();
    }
    ObjectNode object = pick(objects);
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.isEmpty() ? "added" : pick(names);
    switch (random.nextInt(6)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(text(), hostileValue());
      case 2 -> object.set(name, object.deepCopy());
      default -> object.set(name, hostileValue());
    }
    return root;
  }

  private JsonNode hostileValue() {
    return switch (random.nextInt(8)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextLong());
      case 3 -> NODES.numberNode(4712.5);
      case 4 -> many();
      case 5 -> deep();
      default -> NODES.textNode(text());
    };
  }

  private static JsonNode deep() {
    JsonNode node = NODES.numberNode(1);
    for (int depth = 0; depth < DEEP; depth++) {
      node = NODES.arrayNode().add(node);
    }
    return node;
  }

  private JsonNode many() {
    ArrayNode items = NODES.arrayNode();
    for (int n = random.nextInt(2_000); n > 0; n--) {
      items.add(NODES.objectNode());
    }
    return items;
  }

  private byte[] changedBytes(byte[] bytes) {
    int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> joined(bytes, bytes);
      case 2 -> joined("\ufeff".getBytes(StandardCharsets.UTF_8), bytes);
      default -> {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
          flipped[at] = (byte) random.nextInt(256);
        }
        yield flipped;
      }
    };
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    node.forEach(child -> collect(child, objects));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
