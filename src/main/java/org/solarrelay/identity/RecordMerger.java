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
 * Merges links into records, in memory: finds new ids and their records, and records to merge. New
 * records have negative numbers.
 *
 * <p>An id stays with its record. A link with ids of two records merges the two, unless they have
 * different ids of the same name or different e-mail addresses. Such records are two people who
 * share an id, such as the one customer that Solar Proof has for an e-mail address.
 */
final class RecordMerger {

  /** An id with its name, such as {@code crm.lead} and {@code 4711}. */
  record Key(String name, String id) {
    static Key of(ExternalId known) {
      return new Key(known.name(), known.id());
    }
  }

  /**
   * A value by which a record is found: its e-mail address or address for an enrollment; a phone
   * number or a name for a search.
   */
  record Trait(String trait, String value, long record) {}

  private final Map<Key, Long> owners = new HashMap<>();
  private final Map<Long, Map<String, Set<String>>> idsOf = new HashMap<>();
  private final Map<Long, Long> customerOf = new HashMap<>();
  private final Map<Long, Set<String>> emailsOf = new HashMap<>();
  private final Set<Trait> knownTraits = new HashSet<>();

  private final Map<Long, RecordKind> created = new LinkedHashMap<>();
  private final Map<Key, ExternalId> newIds = new LinkedHashMap<>();
  private final Map<Long, Long> merged = new LinkedHashMap<>();
  private final Set<Long> newCustomers = new LinkedHashSet<>();
  private final Set<Trait> newTraits = new LinkedHashSet<>();

  /** Adds an id of a stored record. */
  void addStored(long record, String name, String id) {
    assign(record, new Key(name, id));
  }

  /** Adds the customer of a stored project. */
  void addStored(long project, long customer) {
    customerOf.put(project, customer);
  }

  /** Adds a trait of a stored record. */
  void addStored(Trait trait) {
    knownTraits.add(trait);
    if (trait.trait().equals("email")) {
      emails(trait.record()).add(trait.value());
    }
  }

  /** Merges a link into the records. */
  void add(IdentityLink link) {
    Set<String> emails = link.email() == null ? Set.of() : Set.of(link.email());
    Long customer = assignIds(link.customerIds(), RecordKind.CUSTOMER, emails);
    Long project = assignIds(link.projectIds(), RecordKind.PROJECT, Set.of());
    if (project != null && customer != null) {
      customer = assignCustomer(project, customer);
    }
    Long emailOwner = customer == null ? project : customer;
    Long addressOwner = project == null ? customer : project;
    if (addressOwner != null) {
      addTrait("email", link.email(), emailOwner);
      addTrait("address", link.address(), addressOwner);
      link.searchKeys().forEach(key -> addTrait(key.trait(), key.value(), emailOwner));
    }
  }

  boolean isUnchanged() {
    return created.isEmpty()
        && newIds.isEmpty()
        && merged.isEmpty()
        && newCustomers.isEmpty()
        && newTraits.isEmpty();
  }

  /** The kinds of the new records, by their negative number. */
  Map<Long, RecordKind> created() {
    Map<Long, RecordKind> remaining = new LinkedHashMap<>(created);
    remaining.keySet().removeAll(merged.keySet());
    return remaining;
  }

  /** The ids that no stored record has. */
  List<ExternalId> newIds() {
    return List.copyOf(newIds.values());
  }

  /** The record that an id belongs to, after all merges. */
  long ownerOf(ExternalId id) {
    return resolve(owners.get(Key.of(id)));
  }

  /** The stored records that are merged into another one: from, to. */
  Map<Long, Long> merged() {
    Map<Long, Long> targets = new LinkedHashMap<>();
    merged.keySet().stream().filter(r -> r > 0).forEach(r -> targets.put(r, resolve(r)));
    return targets;
  }

  /** The projects that get a customer: project, customer. */
  Map<Long, Long> newCustomers() {
    Map<Long, Long> customers = new LinkedHashMap<>();
    newCustomers.forEach(
        project -> customers.put(resolve(project), resolve(customerOf.get(project))));
    return customers;
  }

  List<Trait> newTraits() {
    return newTraits.stream()
        .map(trait -> new Trait(trait.trait(), trait.value(), resolve(trait.record())))
        .toList();
  }

  /**
   * Assigns ids to the record of the first one, or to a new record.
   *
   * @param emails the e-mail addresses of this record, as far as known
   * @return the record; null where there are no ids
   */
  private Long assignIds(List<ExternalId> ids, RecordKind kind, Set<String> emails) {
    if (ids.isEmpty()) {
      return null;
    }
    List<Long> found =
        ids.stream().map(id -> owners.get(Key.of(id))).filter(Objects::nonNull).toList();
    Long first = owners.get(Key.of(ids.get(0)));
    long record = first == null ? create(kind) : resolve(first);
    for (ExternalId id : ids) {
      if (owners.get(Key.of(id)) == null) {
        assign(record, Key.of(id));
        newIds.put(Key.of(id), id);
      }
    }
    emails(record).addAll(emails);
    found.forEach(other -> mergeUnlessDifferent(resolve(record), resolve(other)));
    return resolve(record);
  }

  private long create(RecordKind kind) {
    long record = -1L - created.size();
    created.put(record, kind);
    return record;
  }

  /** Links a project to its customer, and returns the customer after a merge. */
  private Long assignCustomer(long project, long customer) {
    Long known = customerOf.get(project);
    if (known == null) {
      customerOf.put(project, customer);
      newCustomers.add(project);
      return customer;
    }
    mergeUnlessDifferent(resolve(known), customer);
    return resolve(customer);
  }

  private void mergeUnlessDifferent(long one, long another) {
    if (one == another || areDifferent(one, another)) {
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

  private boolean areDifferent(long one, long other) {
    boolean noCommonEmail = Collections.disjoint(emails(one), emails(other));
    if (noCommonEmail && !emails(one).isEmpty() && !emails(other).isEmpty()) {
      return true;
    }
    Map<String, Set<String>> ids = idsOf.getOrDefault(one, Map.of());
    return idsOf.getOrDefault(other, Map.of()).entrySet().stream()
        .anyMatch(e -> ids.containsKey(e.getKey()) && !ids.get(e.getKey()).equals(e.getValue()));
  }

  private Set<String> emails(long record) {
    return emailsOf.computeIfAbsent(record, r -> new HashSet<>());
  }

  private void assign(long record, Key key) {
    owners.put(key, record);
    idsOf
        .computeIfAbsent(record, r -> new HashMap<>())
        .computeIfAbsent(key.name(), name -> new HashSet<>())
        .add(key.id());
  }

  private void addTrait(String name, String value, long record) {
    if (value != null && !knownTraits.contains(new Trait(name, value, resolve(record)))) {
      newTraits.add(new Trait(name, value, record));
    }
  }

  private long resolve(long record) {
    Long into = merged.get(record);
    return into == null ? record : resolve(into);
  }
}
