package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.solarrelay.event.EventData;
import org.solarrelay.event.JsonFields;

/**
 * Reads the adders of a change order. {@code change_values.adders.new} and {@code .old} are objects
 * of adders by id (Enerflo, Change Order Array), or empty lists.
 */
final class EnerfloChangedAdders {

  private enum Change {
    ADDED,
    CHANGED,
    UNCHANGED,
    REMOVED;

    /** The word in the event. */
    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Values(String name, BigDecimal quantity, BigDecimal cost) {

    boolean areEqualTo(Values other) {
      return Objects.equals(name, other.name)
          && equal(quantity, other.quantity)
          && equal(cost, other.cost);
    }

    private static boolean equal(BigDecimal one, BigDecimal other) {
      return one == null || other == null ? one == other : one.compareTo(other) == 0;
    }
  }

  /** An adder before or after the change. */
  private record Adder(String id, Values values) {

    static Adder of(JsonNode json) {
      JsonFields fields = new JsonFields(json);
      String name = json.isTextual() ? EnerfloNumber.text(json) : fields.text("name", "title");
      return new Adder(
          fields.text("id", "adder_id"),
          new Values(
              name,
              EnerfloNumber.of(fields.text("quantity", "qty", "count")),
              EnerfloNumber.of(fields.text("cost", "price", "amount"))));
    }

    /** The adder, with this id if it has none. */
    Adder withDefaultId(String key) {
      return id == null ? new Adder(key, values) : this;
    }
  }

  /** An adder in the event. */
  private record ChangedAdder(
      String id, @JsonUnwrapped Values values, Change change, Values previous) {

    static ChangedAdder of(Adder adder, Change change) {
      return new ChangedAdder(adder.id, adder.values, change, null);
    }

    static ChangedAdder changed(Adder now, Adder before) {
      return new ChangedAdder(now.id, now.values, Change.CHANGED, before.values);
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
            adders.add(EventData.write(ChangedAdder.of(adder, Change.REMOVED)));
          }
        });
    return adders.isEmpty() ? null : adders;
  }

  private static ChangedAdder compared(Adder now, Adder before) {
    if (before == null) {
      return ChangedAdder.of(now, Change.ADDED);
    }
    return now.values.areEqualTo(before.values)
        ? ChangedAdder.of(now, Change.UNCHANGED)
        : ChangedAdder.changed(now, before);
  }

  private static Map<String, Adder> byId(JsonNode side) {
    Map<String, Adder> adders = new LinkedHashMap<>();
    side.properties()
        .forEach(entry -> put(adders, Adder.of(entry.getValue()).withDefaultId(entry.getKey())));
    for (int i = 0; side.isArray() && i < side.size(); i++) {
      put(adders, Adder.of(side.get(i)));
    }
    return adders;
  }

  private static void put(Map<String, Adder> adders, Adder adder) {
    String key = adder.id != null ? adder.id : adder.values.name;
    if (key != null) {
      adders.put(key, adder);
    }
  }
}
