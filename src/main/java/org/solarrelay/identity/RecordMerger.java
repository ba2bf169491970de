package org.solarrelay.identity;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Works out what links make of the records there are, without a database: which ids are new and
 * whose, which records are one. New records have negative numbers.
 *
 * <p>An id stays with the record it belongs to. Two records become one where a link names ids of
 * both, unless each has another id of the same name, or e-mail addresses of its own: then two
 * people share something, such as the one customer that Solar Proof has for an e-mail address.
 */
final class RecordMerger {

  /** An id, whatever it was learnt from. */
  record Key(String name, String id) {
    static Key of(ExternalId known) {
      return new Key(known.name(), known.id());
    }
  }

  /** What two records can be matched by. */
  record Trait(String trait, String value, long record) {}

  private final Map<Key, Long> owners = new HashMap<>();
  private final Map<Long, Map<String, Set<String>>> idsOf = new HashMap<>();
  private final Map<Long, Long> customerOf = new HashMap<>();
  private final Map<Long, Set<String>> emailsOf = new HashMap<>();
  private final Set<Trait> knownTraits = new HashSet<>();

  private final Map<Long, Boolean> created = new LinkedHashMap<>();
  private final Map<Key, ExternalId> learnt = new LinkedHashMap<>();
  private final Map<Long, Long> merged = new LinkedHashMap<>();
  private final Set<Long> newCustomers = new LinkedHashSet<>();
  private final Set<Trait> newTraits = new LinkedHashSet<>();

  void knows(long record, String name, String id) {
    own(record, new Key(name, id));
  }

  void knows(long project, long customer) {
    customerOf.put(project, customer);
  }

  void knows(Trait trait) {
    knownTraits.add(trait);
    if (trait.trait().equals("email")) {
      emails(trait.record()).add(trait.value());
    }
  }

  void add(IdentityLink link) {
    Long customer = attach(link.ofCustomer(), false, link.email());
    Long project = attach(link.ofProject(), true, null);
    if (project != null && customer != null) {
      customer = join(project, customer);
    }
    Long person = customer == null ? project : customer;
    Long place = project == null ? customer : project;
    if (place != null) {
      trait("email", link.email(), person);
      trait("address", link.address(), place);
    }
  }

  boolean changesNothing() {
    return created.isEmpty()
        && learnt.isEmpty()
        && merged.isEmpty()
        && newCustomers.isEmpty()
        && newTraits.isEmpty();
  }

  /** New records by their negative number, and whether they are projects. */
  Map<Long, Boolean> created() {
    Map<Long, Boolean> lasting = new LinkedHashMap<>(created);
    lasting.keySet().removeAll(merged.keySet());
    return lasting;
  }

  /** Ids that belong to no record so far. */
  List<ExternalId> learnt() {
    return List.copyOf(learnt.values());
  }

  long ownerOf(ExternalId id) {
    return now(owners.get(Key.of(id)));
  }

  /** Records that turned out to be others. */
  Map<Long, Long> merged() {
    Map<Long, Long> ends = new LinkedHashMap<>();
    merged.keySet().stream().filter(r -> r > 0).forEach(r -> ends.put(r, now(r)));
    return ends;
  }

  /** Projects whose customer is known now. */
  Map<Long, Long> newCustomers() {
    Map<Long, Long> customers = new LinkedHashMap<>();
    newCustomers.forEach(project -> customers.put(now(project), now(customerOf.get(project))));
    return customers;
  }

  List<Trait> newTraits() {
    return newTraits.stream()
        .map(trait -> new Trait(trait.trait(), trait.value(), now(trait.record())))
        .toList();
  }

  /**
   * The record that the first of these ids belongs to from now on, null where there are none.
   *
   * @param email null where it is unknown or somebody else's
   */
  private Long attach(List<ExternalId> ids, boolean project, String email) {
    if (ids.isEmpty()) {
      return null;
    }
    List<Long> found =
        ids.stream().map(id -> owners.get(Key.of(id))).filter(Objects::nonNull).toList();
    Long first = owners.get(Key.of(ids.get(0)));
    long record = first == null ? create(project) : now(first);
    for (ExternalId id : ids) {
      if (owners.get(Key.of(id)) == null) {
        own(record, Key.of(id));
        learnt.put(Key.of(id), id);
      }
    }
    if (email != null) {
      emails(record).add(email);
    }
    found.forEach(other -> mergeIfOne(now(record), now(other)));
    return now(record);
  }

  private long create(boolean project) {
    long record = -1L - created.size();
    created.put(record, project);
    return record;
  }

  /** Makes the customer the project's, and tells whose the project is in the end. */
  private Long join(long project, long customer) {
    Long known = customerOf.get(project);
    if (known == null) {
      customerOf.put(project, customer);
      newCustomers.add(project);
      return customer;
    }
    mergeIfOne(now(known), customer);
    return now(customer);
  }

  private void mergeIfOne(long one, long another) {
    if (one == another || differ(one, another)) {
      return;
    }
    boolean stored = one > 0 || another < 0;
    long record = stored ? one : another;
    long other = stored ? another : one;
    merged.put(other, record);
    idsOf
        .getOrDefault(other, Map.of())
        .forEach(
            (name, ids) ->
                idsOf
                    .computeIfAbsent(record, r -> new HashMap<>())
                    .computeIfAbsent(name, n -> new HashSet<>())
                    .addAll(ids));
    emails(record).addAll(emails(other));
    Long customer = customerOf.get(other);
    if (customer != null && customerOf.get(record) == null) {
      customerOf.put(record, customer);
      newCustomers.add(record);
    }
  }

  private boolean differ(long one, long other) {
    boolean strangers = Collections.disjoint(emails(one), emails(other));
    if (strangers && !emails(one).isEmpty() && !emails(other).isEmpty()) {
      return true;
    }
    Map<String, Set<String>> of = idsOf.getOrDefault(one, Map.of());
    return idsOf.getOrDefault(other, Map.of()).entrySet().stream()
        .anyMatch(e -> of.containsKey(e.getKey()) && !of.get(e.getKey()).equals(e.getValue()));
  }

  private Set<String> emails(long record) {
    return emailsOf.computeIfAbsent(record, r -> new HashSet<>());
  }

  private void own(long record, Key key) {
    owners.put(key, record);
    idsOf
        .computeIfAbsent(record, r -> new HashMap<>())
        .computeIfAbsent(key.name(), name -> new HashSet<>())
        .add(key.id());
  }

  private void trait(String name, String value, long record) {
    if (value != null && !knownTraits.contains(new Trait(name, value, now(record)))) {
      newTraits.add(new Trait(name, value, record));
    }
  }

  private long now(long record) {
    Long into = merged.get(record);
    return into == null ? record : now(into);
  }
}
