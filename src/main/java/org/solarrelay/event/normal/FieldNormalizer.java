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

/**
 * Normalises the fields of one JSON object, a kind of field a method. An absent, null or blank
 * field stays; so does one that is neither text nor number, which the schema judges.
 */
final class FieldNormalizer {

  private static final Set<String> NOTHING =
      Set.of("", "na", "none", "null", "nil", "tbd", "unknown", "00000000", "0");

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
      changeText(name, TextNormalizer::normalize, unusable -> {});
    }
  }

  void names(String... names) {
    for (String name : names) {
      changeText(
          name, NameParser::normalize, text -> notes.leftOut(label(name), text, "is no name"));
    }
  }

  /** The parts of a name that is written surname first, where the event names no parts. */
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

  /** Words of the vocabulary; any other word stays. */
  void words(Function<String, Optional<String>> vocabulary, String... names) {
    for (String name : names) {
      changeText(
          name,
          text -> vocabulary.apply(text).or(() -> TextNormalizer.normalize(text)),
          unusable -> {});
    }
  }

  /** A word of the vocabulary, or none. */
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

  /** Ids, and whole numbers that a schema takes as text. */
  void ids(String... names) {
    for (String name : names) {
      change(name, it -> IdNormalizer.normalize(it).or(() -> Optional.of(it)), unusable -> {});
    }
  }

  /** Whole numbers: a number stays a number, a text a text. */
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

  /** Dates that an event can do without. */
  void dates(DateOrder order, String... names) {
    for (String name : names) {
      date(order, name, text -> leaveOut(name, text, "is no date that has one meaning"));
    }
  }

  /** A date that the event is about: the schema refuses what is none. */
  void neededDate(DateOrder order, String name) {
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

  /** Normalises an inner object, of which a copy takes its place. */
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

  /** Of a number the schema says whether it may stand there. */
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
    if (text.isBlank() || isIsoDate(text)) {
      return;
    }
    DateNormalizer.normalize(text, order)
        .ifPresentOrElse(
            date -> object.put(name, date.toString()),
            () -> {
              if (NOTHING.contains(WordKey.of(text))) {
                leaveOut(name, text, "is no date");
              } else {
                unreadable.accept(text);
              }
            });
  }

  private static boolean isIsoDate(String text) {
    return text.length() == 10 && text.charAt(4) == '-' && text.charAt(7) == '-'
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
