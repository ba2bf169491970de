package org.solarrelay.identity;

import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The format of an external id. An id becomes part of a vendor's URL, of a query or of a key in the
 * database, so its format is checked first. Ids of other systems may be any short text.
 *
 * @param pattern matches the whole id
 * @param expected the format in words, for operators and producers
 */
public record IdFormat(Predicate<String> pattern, String expected) {

  /** A positive whole number without leading zeros, as Enerflo and Solar Proof number records. */
  public static final IdFormat NUMBER =
      new IdFormat(Pattern.compile("[1-9][0-9]{0,17}").asMatchPredicate(), "a number, such as 901");

  public static final IdFormat UUID =
      new IdFormat(IdType::isUuid, "a UUID, such as 0b6f6f4e-0000-4000-8000-000000000017");

  /** A number or a UUID: Enerflo 2.0 uses UUIDs. */
  public static final IdFormat NUMBER_OR_UUID =
      new IdFormat(
          id -> NUMBER.matches(id) || UUID.matches(id), NUMBER.expected + ", or " + UUID.expected);

  private static final IdFormat TEXT =
      new IdFormat(
          Pattern.compile("[^\\p{Cntrl}]{1,512}").asMatchPredicate(),
          "a text of at most 512 characters, none of them a control character");

  private static final Map<String, IdFormat> FORMATS =
      Map.of(
          "enerflo.customer", NUMBER,
          "enerflo.customer.uuid", UUID,
          "enerflo.deal", UUID,
          "enerflo.install", NUMBER,
          "solarproof.customer", NUMBER,
          "flip.enrollment", UUID);

  /** The format of ids with this name, such as {@code enerflo.install}. */
  public static IdFormat of(String name) {
    return FORMATS.getOrDefault(name, TEXT);
  }

  /** Whether the id has this format; false for null. */
  public boolean matches(String id) {
    return id != null && pattern.test(id);
  }
}
