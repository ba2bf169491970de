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
 * What a system knows of a lead, in a form that survives its ways of writing names, numbers and
 * addresses. What it never heard of, it cannot give back.
 */
final class NormalizedLead {

  private Set<String> name = Set.of();
  private String email;
  private final Set<String> phones = new HashSet<>();
  private Lead.Address address;
  private String status;

  /**
   * @param states of the lead, oldest first
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
   * Whether it is the same person with the same data. What systems add to a new customer by
   * themselves, such as a first status, is no difference.
   */
  boolean holdsPersonOf(Lead told) {
    boolean silent =
        name(told).isEmpty()
            && told.email() == null
            && phones(told).isEmpty()
            && told.address() == null;
    return !silent
        && (name(told).isEmpty() || name(told).equals(name))
        && (told.email() == null || told.email().equalsIgnoreCase(email))
        && phones.containsAll(phones(told))
        && (told.address() == null || holds(told.address()));
  }

  /** Whether it is all known, the status included. */
  boolean holdsAllOf(Lead told) {
    return holdsPersonOf(told) && (told.status() == null || told.status().equalsIgnoreCase(status));
  }

  private boolean holds(Lead.Address told) {
    if (address == null) {
      return false;
    }
    String key = AddressKey.of(told);
    if (key != null && AddressKey.of(address) != null) {
      return key.equals(AddressKey.of(address));
    }
    Set<String> known = words(address);
    Set<String> said = words(told);
    return known.containsAll(said) || said.containsAll(known);
  }

  private static Set<String> words(Lead.Address address) {
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

  private static Set<String> name(Lead lead) {
    String parts =
        Stream.of(lead.firstName(), lead.lastName())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
    return Stream.of(parts, lead.fullName())
        .filter(Objects::nonNull)
        .flatMap(name -> NameParser.keyWords(name).stream())
        .collect(Collectors.toSet());
  }

  private static Set<String> phones(Lead lead) {
    return Stream.of(lead.mobile(), lead.phone())
        .filter(Objects::nonNull)
        .flatMap(number -> PhoneNumberNormalizer.key(number).stream())
        .collect(Collectors.toSet());
  }
}
