package org.solarrelay.identity;

import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What an id looks like, so that an operator who takes a deal's for an install's is told. Ids of
 * systems that nothing is known of may be any short text.
 *
 * @param expected in words
 */
record IdForm(Predicate<String> fits, String expected) {

  private static final IdForm NUMBER =
      new IdForm(Pattern.compile("[0-9]{1,18}").asMatchPredicate(), "a number, such as 901");
  private static final IdForm UUID =
      new IdForm(IdName::isUuid, "a UUID, such as 0b6f6f4e-0000-4000-8000-000000000017");
  private static final IdForm TEXT =
      new IdForm(
          Pattern.compile("[^\\p{Cntrl}]{1,512}").asMatchPredicate(),
          "a text of at most 512 characters, none of them a control character");

  private static final Map<String, IdForm> FORMS =
      Map.of(
          "enerflo.customer", NUMBER,
          "enerflo.customer.uuid", UUID,
          "enerflo.deal", UUID,
          "enerflo.install", NUMBER,
          "solarproof.customer", NUMBER,
          "flip.enrollment", UUID);

  /** The form of the ids of that name, such as {@code enerflo.install}. */
  static IdForm of(String name) {
    return FORMS.getOrDefault(name, TEXT);
  }
}
