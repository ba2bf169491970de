package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.solarrelay.event.EventData;
import org.solarrelay.event.JsonFields;

/**
 * Reads the adders of a change order. {@code change_values.adders.new} and {@code .old} are objects
 * of adders by id (Enerflo, Change Order Array), or empty lists.
 */
final class EnerfloChangedAdders {

  private record Adder(
      String id, String name, BigDecimal quantity, BigDecimal cost, String change, Adder previous) {

    Adder withChange(String change, Adder previous) {
      return new Adder(id, name, quantity, cost, change, previous);
    }

    boolean hasSameValues(Adder other) {
      return String.valueOf(name).equals(String.valueOf(other.name))
          && equal(quantity, other.quantity)
          && equal(cost, other.cost);
    }

    private static boolean equal(BigDecimal one, BigDecimal other) {
      return one == null || other == null ? one == other : one.compareTo(other) == 0;
    }
  }

  private EnerfloChangedAdders() {}

  /**
   * The adders before and after the change: {@code {id, name, quantity, cost, change}}. {@code
   * change} is added, changed (with {@code previous}), unchanged or removed.
   *
   * @return null where the change order has no adders
   */
  static List<JsonNode> of(JsonNode changeValues) {
    JsonNode item = changeValues.path("adders");
    Map<String, Adder> after = byId(item.path("new"));
    Map<String, Adder> before = byId(item.path("old"));
    List<JsonNode> adders = new ArrayList<>();
    after.forEach((id, adder) -> adders.add(EventData.write(compared(adder, before.get(id)))));
    before.forEach(
        (id, adder) -> {
          if (!after.containsKey(id)) {
            adders.add(EventData.write(adder.withChange("removed", null)));
          }
        });
    return adders.isEmpty() ? null : adders;
  }

  private static Adder compared(Adder now, Adder before) {
    if (before == null) {
      return now.withChange("added", null);
    }
    return now.hasSameValues(before)
        ? now.withChange("unchanged", null)
        : now.withChange(
            "changed", new Adder(null, before.name, before.quantity, before.cost, null, null));
  }

  private static Map<String, Adder> byId(JsonNode side) {
    Map<String, Adder> adders = new LinkedHashMap<>();
    side.properties().forEach(entry -> put(adders, entry.getKey(), entry.getValue()));
    for (int i = 0; side.isArray() && i < side.size(); i++) {
      put(adders, null, side.get(i));
    }
    return adders;
  }

  private static void put(Map<String, Adder> adders, String key, JsonNode value) {
    JsonFields fields = new JsonFields(value);
    String id = fields.text("id", "adder_id");
    String name = value.isTextual() ? EnerfloNumber.text(value) : fields.text("name", "title");
    id = id != null ? id : key;
    if (id != null || name != null) {
      adders.put(
          id != null ? id : name,
          new Adder(
              id,
              name,
              EnerfloNumber.of(fields.text("quantity", "qty", "count")),
              EnerfloNumber.of(fields.text("cost", "price", "amount")),
              null,
              null));
    }
  }
}
