package org.solarrelay.identity.echo;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.Lead;
import org.solarrelay.event.normal.NameParser;
import org.solarrelay.event.normal.PhoneNumberNormalizer;
import org.solarrelay.identity.AddressKey;

/**
 * A lead as a system has it, with names, phone numbers and addresses in a form that does not depend
 * on their spelling. A field that the system never received is missing.
 */
final class NormalizedLead {

  private Set<String> name = Set.of();
  private String email;
  private final Set<String> phones = new HashSet<>();
  private Lead.Address address;
  private String status;

  /**
   * @param states the events that led to the state, oldest first
   */
  NormalizedLead(List<Event> states) {
    for (Event state : states) {
      Lead lead = EventData.read(state, Lead.class);
      name = name(lead).isEmpty() ? name : name(lead);
      email = lead.email() == null ? email : lead.email();
      address = lead.address() == null ? address : lead.address();
      status = lead.status() == null ? status : lead.status();
      if (!phones(lead).isEmpty()) {
        phones.clear();
        phones.addAll(phones(lead));
      }
    }
  }

  /**
   * Whether the lead has all values of another lead. The status is not compared, because systems
   * set a first status of their own. False if the other lead has a status only.
   */
  boolean containsAllButStatus(Lead other) {
    boolean empty =
        name(other).isEmpty()
            && other.email() == null
            && phones(other).isEmpty()
            && other.address() == null;
    return !empty
        && (name(other).isEmpty() || name(other).equals(name))
        && (other.email() == null || other.email().equalsIgnoreCase(email))
        && phones.containsAll(phones(other))
        && (other.address() == null || hasAddress(other.address()));
  }

  /** Whether the lead has all values of another lead, including the status. */
  boolean containsAll(Lead other) {
    return containsAllButStatus(other)
        && (other.status() == null || other.status().equalsIgnoreCase(status));
  }

  private boolean hasAddress(Lead.Address other) {
    if (address == null) {
      return false;
    }
    String key = AddressKey.of(other);
    if (key != null && AddressKey.of(address) != null) {
      return key.equals(AddressKey.of(address));
    }
    Set<String> ownWords = words(address);
    Set<String> otherWords = words(other);
    return ownWords.containsAll(otherWords) || otherWords.containsAll(ownWords);
  }

  static Set<String> words(Lead.Address address) {
    return Stream.of(
            address.full(),
            address.street(),
            address.unit(),
            address.city(),
            address.state(),
            address.zip())
        .filter(Objects::nonNull)
        .flatMap(part -> AddressKey.words(part).stream())
        .collect(Collectors.toSet());
  }

  static Set<String> name(Lead lead) {
    String parts =
        Stream.of(lead.firstName(), lead.lastName())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
    return Stream.of(parts, lead.fullName())
        .filter(Objects::nonNull)
        .flatMap(name -> NameParser.keyWords(name).stream())
        .collect(Collectors.toSet());
  }

  static Set<String> phones(Lead lead) {
    return Stream.of(lead.mobile(), lead.phone())
        .filter(Objects::nonNull)
        .flatMap(number -> PhoneNumberNormalizer.key(number).stream())
        .collect(Collectors.toSet());
  }
}
