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
 * Panels or batteries before and after a change order: what its {@code change_values}, {@code
 * {item: {new, old}}}, say of their model and count.
 */
final class EnerfloChangedEquipment {

  private EnerfloChangedEquipment() {}

  /**
   * @param kind the words for it, such as {@link EnerfloItemName#PANELS}
   * @return null where the change does not touch it
   */
  static Equipment of(JsonNode changeValues, Set<String> kind) {
    Equipment after = side(changeValues, kind, "new");
    Equipment before = side(changeValues, kind, "old");
    boolean untouched = isNothing(after) && isNothing(before);
    return untouched
        ? null
        : new Equipment(after.model(), after.count(), isNothing(before) ? null : before);
  }

  private static boolean isNothing(Equipment equipment) {
    return equipment.model() == null && equipment.count() == null;
  }

  private static Equipment side(JsonNode changeValues, Set<String> kind, String side) {
    List<Equipment> told =
        changeValues.properties().stream()
            .filter(item -> EnerfloItemName.of(item.getKey()).isAbout(kind))
            .map(item -> value(EnerfloItemName.of(item.getKey()), item.getValue().path(side)))
            .toList();
    return new Equipment(
        first(told.stream().map(Equipment::model)),
        first(told.stream().map(Equipment::count)),
        null);
  }

  private static Equipment value(EnerfloItemName name, JsonNode value) {
    String text = value.isContainerNode() ? null : EnerfloNumber.text(value);
    Integer number = EnerfloNumber.whole(text);
    if (text != null) {
      boolean isCount = name.isCount() || !name.isModel() && number != null;
      return new Equipment(isCount ? null : text, isCount ? number : null, null);
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
    return new Equipment(models.isEmpty() ? null : models, count, null);
  }

  /** One object, a list of them, or an object of them by id, as adders are. */
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
