package org.solarrelay.event.normal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Normalises the fields of a JSON object, with a method for each kind of field. A field that is
 * missing, null or blank stays unchanged. A field that is neither text nor number stays for the
 * schema to check.
 */
final class FieldNormalizer {

  private static final Set<String> DATE_PLACEHOLDERS =
      Set.of("", "na", "none", "null", "nil", "tbd", "unknown", "00000000", "0");

  private static final Pattern ISO_DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\s*[0-9]{1,9}\\s*");
  private static final Pattern NAME_PLACEHOLDER =
      Pattern.compile("null null|undefined( undefined)?");
  private static final Set<String> PLACE_PLACEHOLDERS =
      Set.of("null", "undefined", "none", "nan", "nil", "unknown", "notprovided");

  private final ObjectNode object;
  private final NormalizationNotes notes;

  FieldNormalizer(ObjectNode object, NormalizationNotes notes) {
    this.object = object;
    this.notes = notes;
  }

  ObjectNode object() {
    return object;
  }

  void texts(String... names) {
    for (String name : names) {
      changeText(name, FieldNormalizer::line, unusable -> {});
    }
  }

  /** Normalises a name; empty for {@code null null}, which some forms send for an empty name. */
  private static Optional<String> normalizeName(String text) {
    return NameParser.normalize(text).filter(name -> !NAME_PLACEHOLDER.matcher(name).matches());
  }

  /** Parts of an address; {@code null} and similar placeholders are removed. */
  void places(String... names) {
    for (String name : names) {
      String text = text(name);
      if (!text.isBlank() && PLACE_PLACEHOLDERS.contains(WordKey.of(text))) {
        leaveOut(name, text, "is no part of an address");
      }
    }
    texts(names);
  }

  private static Optional<String> line(String text) {
    return TextNormalizer.normalize(HtmlEntities.decodeComposed(text));
  }

  /**
   * Fields with one text, number or flag. A list with one item becomes that item; an empty list and
   * any other value are removed.
   */
  void single(String... names) {
    for (String name : names) {
      JsonNode value = object.path(name);
      if (value.isArray()) {
        first(name, value, JsonNode::isValueNode, "values");
      } else if (value.isObject()) {
        leaveOut(name, value.toString(), "is no single value");
      }
    }
  }

  /** Fields with one text; a number becomes a text of digits. */
  void singleTexts(String... names) {
    single(names);
    for (String name : names) {
      JsonNode value = object.path(name);
      if (value.isNumber()) {
        object.put(name, text(value));
      } else if (value.isBoolean()) {
        leaveOut(name, value.toString(), "is no text");
      }
    }
  }

  /** Fields with a text or a number. */
  void singleNumbers(String... names) {
    single(names);
    for (String name : names) {
      JsonNode value = object.path(name);
      if (value.isBoolean()) {
        leaveOut(name, value.toString(), "is neither text nor number");
      }
    }
  }

  /**
   * An inner object. A list with one item becomes that item. An empty list counts as an object
   * without fields, as PHP writes one.
   *
   * @param textField the field to set if the value is a text; empty for none
   */
  void objectOf(String name, String textField) {
    JsonNode value = object.path(name);
    if (value.isArray()) {
      first(name, value, JsonNode::isObject, "objects");
    } else if (value.isTextual() && !value.textValue().isBlank() && !textField.isEmpty()) {
      object.putObject(name).put(textField, value.textValue());
    } else if (value.isValueNode() && !value.isNull()) {
      leaveOut(name, value.asText(), "is no object");
    }
  }

  /** A list of objects. */
  void objectsOf(String name) {
    JsonNode value = object.path(name);
    boolean objects =
        value.isArray()
            && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isObject);
    if (!objects && !value.isMissingNode() && !value.isNull()) {
      leaveOut(name, "", "is no list of objects");
    }
  }

  private void first(String name, JsonNode list, Predicate<JsonNode> usable, String what) {
    Optional<JsonNode> found =
        StreamSupport.stream(list.spliterator(), false)
            .filter(usable)
            .filter(it -> !it.isNull())
            .findFirst();
    found.ifPresentOrElse(it -> object.set(name, it), () -> object.remove(name));
    if (found.isPresent() && list.size() > 1) {
      notes.chosen(label(name), list.toString(), what);
    } else if (found.isEmpty() && !list.isEmpty()) {
      notes.leftOut(label(name), list.toString(), "is no single value");
    }
  }

  void names(String... names) {
    for (String name : names) {
      changeText(
          name,
          FieldNormalizer::normalizeName,
          text -> notes.leftOut(label(name), text, "is no name"));
    }
  }

  /** The parts of a full name with the surname first, if the event has no parts. */
  void surnameFirst() {
    boolean alone = text("firstName").isBlank() && text("lastName").isBlank();
    if (alone && object.path("fullName").isTextual()) {
      NameParser.parseSurnameFirst(text("fullName"))
          .ifPresent(name -> object.put("firstName", name.first()).put("lastName", name.last()));
    }
  }

  void emails(String... names) {
    for (String name : names) {
      String text = text(name);
      changeText(name, EmailNormalizer::normalize, it -> leftOutEmail(name, it));
      if (isChanged(name, text) && EmailNormalizer.isSeveral(text)) {
        notes.chosen(label(name), text, "addresses");
      }
    }
  }

  void phones(String region, String... names) {
    for (String name : names) {
      String text = text(name);
      change(
          name,
          number -> PhoneNumberNormalizer.normalize(number, region),
          it -> leftOutPhone(name, it));
      if (isChanged(name, text) && PhoneNumberNormalizer.isSeveral(text, region)) {
        notes.chosen(label(name), text, "numbers");
      }
    }
  }

  /** Fields with a word of the vocabulary; any other word stays. */
  void words(Function<String, Optional<String>> vocabulary, String... names) {
    for (String name : names) {
      changeText(
          name,
          text -> vocabulary.apply(text).or(() -> TextNormalizer.normalize(text)),
          unusable -> {});
    }
  }

  /** Fields with a word of the vocabulary; any other word is removed. */
  void onlyWord(Function<String, Optional<String>> vocabulary, String name, String why) {
    changeText(name, vocabulary, text -> notes.leftOut(label(name), text, why));
  }

  void flags(String... names) {
    for (String name : names) {
      String text = text(name);
      if (!text.isBlank()) {
        BooleanNormalizer.normalize(text)
            .ifPresentOrElse(
                flag -> object.set(name, BooleanNode.valueOf(flag)),
                () -> leaveOut(name, text, "is neither true nor false"));
      }
    }
  }

  /** Ids, and whole numbers that are texts in the schema. */
  void ids(String... names) {
    for (String name : names) {
      change(name, it -> IdNormalizer.normalize(it).or(() -> Optional.of(it)), unusable -> {});
    }
  }

  /** Whole numbers; a number stays a number, and a text stays a text. */
  void wholeNumbers(String... names) {
    for (String name : names) {
      JsonNode value = object.path(name);
      if (value.isTextual()) {
        ids(name);
      } else if (value.isNumber() && !value.isIntegralNumber()) {
        IdNormalizer.normalize(value).ifPresent(digits -> object.put(name, new BigInteger(digits)));
      }
    }
  }

  /** Optional whole numbers of at most nine digits. */
  void optionalWholeNumbers(String... names) {
    wholeNumbers(names);
    for (String name : names) {
      String text = text(name);
      if (!text.isBlank() && !isWholeNumber(text)) {
        leaveOut(name, text, "is no whole number");
      }
    }
  }

  /** Removes an inner object that fails a check. */
  void removeUnreadable(String name, Predicate<FieldNormalizer> usable) {
    if (!(object.get(name) instanceof ObjectNode inner)) {
      return;
    }
    if (inner.isEmpty()) {
      object.remove(name);
    } else if (!usable.test(new FieldNormalizer(inner, notes))) {
      leaveOut(name, inner.toString(), "cannot be read");
    }
  }

  /** Whether a field is missing or valid. */
  boolean isUsable(String name, Predicate<String> readable) {
    JsonNode value = object.path(name);
    return value.isMissingNode()
        || value.isNull()
        || !text(value).isBlank() && readable.test(text(value))
        || value.isTextual() && value.textValue().isBlank();
  }

  static boolean isWholeNumber(String text) {
    return WHOLE_NUMBER.matcher(text).matches();
  }

  static boolean isTime(String text) {
    return TimeNormalizer.iso(text).isPresent();
  }

  /** Optional dates; an invalid date is removed. */
  void dates(DateOrder order, String... names) {
    for (String name : names) {
      date(order, name, text -> leaveOut(name, text, "is no date that has one meaning"));
    }
  }

  /** A required date; an invalid date stays for the schema to reject. */
  void requiredDate(DateOrder order, String name) {
    date(order, name, text -> {});
  }

  void times(String... names) {
    for (String name : names) {
      String text = text(name);
      if (!text.isBlank() && TimeNormalizer.iso(text).isEmpty()) {
        TimeNormalizer.normalize(text).ifPresent(time -> object.put(name, time.toString()));
      }
    }
  }

  /** Numbers with a fraction, within limits. */
  void degrees(String name, int limit) {
    String text = text(name);
    if (object.path(name).isNumber()) {
      if (Math.abs(object.path(name).doubleValue()) > limit) {
        leaveOut(name, text, "is no number of degrees");
      }
      return;
    }
    if (object.path(name).isTextual() && !text.isBlank()) {
      TextNormalizer.normalize(text)
          .filter(number -> number.matches("[+-]?[0-9]{1,3}(\\.[0-9]{1,40})?"))
          .filter(number -> Math.abs(Double.parseDouble(number)) <= limit)
          .map(number -> number.startsWith("+") ? number.substring(1) : number)
          .ifPresentOrElse(
              number -> object.put(name, number),
              () -> leaveOut(name, text, "is no number of degrees"));
    }
  }

  /** Normalises a copy of an inner object, and replaces the object by the copy. */
  void inner(String name, Consumer<FieldNormalizer> fields) {
    if (object.get(name) instanceof ObjectNode inner) {
      ObjectNode copy = inner.objectNode().setAll(inner);
      fields.accept(new FieldNormalizer(copy, notes));
      object.set(name, copy);
    }
  }

  /** A field's text, or its number as text; empty for any other field. */
  String text(String name) {
    return text(object.path(name));
  }

  /** Changes a text. A number stays for the schema to check. */
  void changeText(
      String name, Function<String, Optional<String>> normalize, Consumer<String> unusable) {
    if (object.path(name).isTextual()) {
      change(name, normalize, unusable);
    }
  }

  private void change(
      String name, Function<String, Optional<String>> normalize, Consumer<String> unusable) {
    JsonNode node = object.path(name);
    String text = text(node);
    if (text.isBlank()) {
      return;
    }
    Optional<String> normal = normalize.apply(text);
    if (normal.isEmpty()) {
      object.remove(name);
      unusable.accept(text);
    } else if (!node.isTextual() || !normal.get().equals(text)) {
      object.set(name, TextNode.valueOf(normal.get()));
    }
  }

  private boolean isChanged(String name, String before) {
    JsonNode now = object.path(name);
    return now.isTextual() && !now.textValue().equals(before);
  }

  void leaveOut(String name, String text, String why) {
    object.remove(name);
    notes.leftOut(label(name), text, why);
  }

  private void date(DateOrder order, String name, Consumer<String> unreadable) {
    String text = text(name);
    if (!text.isBlank() && DateNormalizer.isNoDay(text)) {
      leaveOut(name, text, "is no date");
      return;
    }
    if (text.isBlank() || object.path(name).isTextual() && isIsoDate(text)) {
      return;
    }
    DateNormalizer.normalize(text, order)
        .ifPresentOrElse(
            date -> object.put(name, date.toString()),
            () -> {
              if (DATE_PLACEHOLDERS.contains(WordKey.of(text))) {
                leaveOut(name, text, "is no date");
              } else {
                unreadable.accept(text);
              }
            });
  }

  private static boolean isIsoDate(String text) {
    return text.length() == 10 && ISO_DATE.matcher(text).matches()
        ? DateNormalizer.normalize(text, DateOrder.UNKNOWN).isPresent()
        : TimeNormalizer.iso(text).isPresent();
  }

  private void leftOutEmail(String name, String text) {
    notes.leftOut(
        label(name), text, name.equals("email") ? "is no address" : "is no e-mail address");
  }

  private void leftOutPhone(String name, String text) {
    boolean placeholder = PhoneNumberNormalizer.isPlaceholder(text);
    notes.leftOut(label(name), text, placeholder ? "is a placeholder" : "is no phone number");
  }

  private static String text(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    }
    return node.isNumber()
        ? NumberNormalizer.ofNumber(node.decimalValue()).orElse(node.asText())
        : "";
  }

  private static String label(String name) {
    return switch (name) {
      case "email" -> "e-mail";
      case "firstName" -> "first name";
      case "lastName" -> "last name";
      case "fullName" -> "full name";
      case "zip" -> "postal code";
      default -> name;
    };
  }
}
