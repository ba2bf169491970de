package org.solarrelay.identity;

import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The form of an external id: what may become part of a vendor's URL, a query or a key of the
 * ledger. Ids of systems that nothing is known of may be any short text.
 *
 * @param pattern what the whole id matches
 * @param expected the form in words, for operators and producers
 */
public record IdFormat(Predicate<String> pattern, String expected) {

  /** A positive whole number without leading zeros, as Enerflo and Solar Proof count records. */
  public static final IdFormat NUMBER =
      new IdFormat(Pattern.compile("[1-9][0-9]{0,17}").asMatchPredicate(), "a number, such as 901");

  public static final IdFormat UUID =
      new IdFormat(IdType::isUuid, "a UUID, such as 0b6f6f4e-0000-4000-8000-000000000017");

  /** A number or a UUID: Enerflo's second API counts in UUIDs. */
  public static final IdFormat NUMBER_OR_UUID =
      new IdFormat(
          id -> NUMBER.fits(id) || UUID.fits(id), NUMBER.expected + ", or " + UUID.expected);

  private static final IdFormat TEXT =
      new IdFormat(
          Pattern.compile("[^\\p{Cntrl}]{1,512}").asMatchPredicate(),
          "a text of at most 512 characters, none of them a control character");

  private static final Map<String, IdFormat> FORMS =
      Map.of(
          "enerflo.customer", NUMBER,
          "enerflo.customer.uuid", UUID,
          "enerflo.deal", UUID,
          "enerflo.install", NUMBER,
          "solarproof.customer", NUMBER,
          "flip.enrollment", UUID);

  /** The form of the ids of that name, such as {@code enerflo.install}. */
  public static IdFormat of(String name) {
    return FORMS.getOrDefault(name, TEXT);
  }

  /** Whether the id has the form; false for null. */
  public boolean fits(String id) {
    return id != null && pattern.test(id);
  }
}
