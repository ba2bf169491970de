package org.solarrelay.erasure;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.solarrelay.identity.SearchKey;

/**
 * The person to erase: by an e-mail address or a phone number, or by the number of one record.
 *
 * @param keys the e-mail address or the phone number, as the search compares it
 * @param record the relay's number of a record
 * @param email the e-mail address as it was given
 */
public record Person(Set<SearchKey> keys, OptionalLong record, Optional<String> email) {

  /** By an e-mail address. */
  public static Person ofEmail(String email) {
    return new Person(
        Set.of(SearchKey.ofEmail(email)), OptionalLong.empty(), Optional.of(email.strip()));
  }

  /** By a phone number. */
  public static Person ofPhone(String number) {
    return new Person(SearchKey.ofPhone(number), OptionalLong.empty(), Optional.empty());
  }

  /** By the relay's number of a record. */
  public static Person ofRecord(long number) {
    return new Person(Set.of(), OptionalLong.of(number), Optional.empty());
  }
}
