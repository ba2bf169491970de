package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Project.Equipment;

/**
 * Reads the panels or batteries of a change order, before and after the change, from {@code
 * change_values: {item: {new, old}}}.
 */
final class EnerfloChangedEquipment {

  private EnerfloChangedEquipment() {}

  /**
   * The equipment of one kind.
   *
   * @param kind the words in names of items of this kind, such as {@link EnerfloItemName#PANELS}
   * @return null where the change order has no such equipment
   */
  static Equipment of(JsonNode changeValues, Set<String> kind) {
    Equipment after = side(changeValues, kind, "new");
    Equipment before = side(changeValues, kind, "old");
    boolean absent = isEmpty(after) && isEmpty(before);
    return absent
        ? null
        : new Equipment(after.model(), after.count(), isEmpty(before) ? null : before);
  }

  private static boolean isEmpty(Equipment equipment) {
    return equipment.model() == null && equipment.count() == null;
  }

  private static Equipment side(JsonNode changeValues, Set<String> kind, String side) {
    List<Equipment> items =
        changeValues.properties().stream()
            .filter(item -> EnerfloItemName.of(item.getKey()).isAbout(kind))
            .map(item -> value(EnerfloItemName.of(item.getKey()), item.getValue().path(side)))
            .toList();
    return Equipment.of(
        first(items.stream().map(Equipment::model)), first(items.stream().map(Equipment::count)));
  }

  private static Equipment value(EnerfloItemName name, JsonNode value) {
    String text = value.isContainerNode() ? null : EnerfloNumber.text(value);
    Integer number = EnerfloNumber.whole(text);
    if (text != null) {
      boolean isCount = name.isCount() || !name.isModel() && number != null;
      return Equipment.of(isCount ? null : text, isCount ? number : null);
    }
    List<JsonNode> pieces = pieces(value);
    String models =
        pieces.stream()
            .map(EnerfloChangedEquipment::model)
            .filter(Objects::nonNull)
            .distinct()
            .collect(Collectors.joining(", "));
    Integer count =
        pieces.stream()
            .map(EnerfloChangedEquipment::count)
            .filter(Objects::nonNull)
            .reduce(Integer::sum)
            .orElse(null);
    return Equipment.of(models.isEmpty() ? null : models, count);
  }

  /** The pieces of equipment in a value: one object, a list of objects, or objects by id. */
  private static List<JsonNode> pieces(JsonNode value) {
    boolean byId =
        !value.isEmpty()
            && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isObject);
    List<JsonNode> pieces = new ArrayList<>();
    if (value.isArray() || byId) {
      value.forEach(pieces::add);
    } else {
      pieces.add(value);
    }
    return pieces;
  }

  private static String model(JsonNode piece) {
    String usual = new JsonFields(piece).text("model", "name", "title", "type");
    return usual != null
        ? usual
        : piece.isTextual() ? EnerfloNumber.text(piece) : field(piece, EnerfloItemName::isModel);
  }

  private static Integer count(JsonNode piece) {
    return EnerfloNumber.whole(field(piece, EnerfloItemName::isCount));
  }

  private static String field(JsonNode piece, Function<EnerfloItemName, Boolean> wanted) {
    return first(
        piece.properties().stream()
            .filter(field -> wanted.apply(EnerfloItemName.of(field.getKey())))
            .map(field -> EnerfloNumber.text(field.getValue())));
  }

  private static <T> T first(Stream<T> values) {
    return values.filter(Objects::nonNull).findFirst().orElse(null);
  }
}
