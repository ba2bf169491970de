package org.solarrelay.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.solarrelay.database.IndexKey;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Lead;

/**
 * The ids of one customer, or of one project and its customer, as one source links them.
 *
 * @param ids ids of the customer, of the project, or of both
 * @param email the customer's e-mail address in lower case; null where unknown
 * @param address a key of {@link AddressKey}; null where unknown
 * @param searchKeys the customer's phone numbers and names, by which operators search
 */
public record IdentityLink(
    List<ExternalId> ids, String email, String address, Set<SearchKey> searchKeys) {

  private static final int MAX_EMAIL_LENGTH = 320;
  private static final int MAX_ID_LENGTH = 512;

  /** Drops ids that are too long for an index, and shortens e-mail address and address to fit. */
  public IdentityLink {
    ids = ids.stream().filter(id -> !isTooLong(id.id())).toList();
    email = IndexKey.of(email);
    address = IndexKey.of(address);
    searchKeys = Set.copyOf(searchKeys);
  }

  /** A link without phone numbers and names. */
  public IdentityLink(List<ExternalId> ids, String email, String address) {
    this(ids, email, address, Set.of());
  }

  /** A link without e-mail address and address. */
  public static IdentityLink ofIds(List<ExternalId> ids) {
    return new IdentityLink(ids, null, null);
  }

  /** The link in an event: its subject, its {@code data.ids}, e-mail address and address. */
  public static IdentityLink of(Event event) {
    return of(event, List.of());
  }

  /** The link in an event, with ids that its delivery or its enrichment returned. */
  public static IdentityLink of(Event event, List<ExternalId> learnt) {
    String from = "event " + event.id() + " of " + event.source();
    List<ExternalId> ids = new ArrayList<>();
    EventIds.of(event).forEach((name, id) -> ids.add(new ExternalId(name, id, from)));
    learnt.stream().filter(id -> IdFormat.of(id.name()).matches(id.id())).forEach(ids::add);
    JsonNode data = event.data();
    return new IdentityLink(List.copyOf(ids), email(data), address(data), SearchKey.of(data));
  }

  /** The e-mail address that {@link #of(Event)} finds in an event; null where unknown. */
  public static String emailOf(Event event) {
    return IndexKey.of(email(event.data()));
  }

  /** The two links as one; e-mail address and address of this one win. */
  public IdentityLink mergedWith(IdentityLink other) {
    Set<SearchKey> keys = new LinkedHashSet<>(searchKeys);
    keys.addAll(other.searchKeys);
    return new IdentityLink(
        Stream.concat(ids.stream(), other.ids.stream()).toList(),
        email == null ? other.email : email,
        address == null ? other.address : address,
        keys);
  }

  List<ExternalId> projectIds() {
    return ids.stream().filter(id -> IdType.isOfProject(id.name())).toList();
  }

  List<ExternalId> customerIds() {
    return ids.stream().filter(id -> !IdType.isOfProject(id.name())).toList();
  }

  private static boolean isTooLong(String id) {
    return id != null && id.length() > MAX_ID_LENGTH;
  }

  private static String email(JsonNode data) {
    String customers = data.path("customer").path("email").asText("");
    String email = data.path("email").asText(customers).strip().toLowerCase(Locale.ROOT);
    return email.isEmpty() || email.length() > MAX_EMAIL_LENGTH ? null : email;
  }

  private static String address(JsonNode data) {
    try {
      JsonNode address = data.path("address");
      return address.isObject() ? AddressKey.of(EventData.read(address, Lead.Address.class)) : null;
    } catch (InvalidMessageException e) {
      return null;
    }
  }
}
