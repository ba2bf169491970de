package org.solarrelay.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.solarrelay.database.IndexKey;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Lead;

/**
 * Said to be of one customer, or of one project and its customer.
 *
 * @param ids of the customer, of the project, or of both
 * @param email lower case, null where unknown
 * @param address in the form of {@link AddressKey}, null where unknown
 */
public record IdentityLink(List<ExternalId> ids, String email, String address) {

  private static final int LONGEST_EMAIL = 320;
  private static final int LONGEST_ID = 512;

  /** An index holds both, whatever their length. */
  public IdentityLink {
    ids = ids.stream().filter(id -> !isTooLong(id.id())).toList();
    email = IndexKey.of(email);
    address = IndexKey.of(address);
  }

  /** What an event says. */
  public static IdentityLink of(Event event) {
    return of(event, List.of());
  }

  /** What an event says, and what was learnt besides. */
  public static IdentityLink of(Event event, List<ExternalId> learnt) {
    String from = "event " + event.id() + " of " + event.source();
    List<ExternalId> ids = new ArrayList<>();
    EventIds.of(event).forEach((name, id) -> ids.add(new ExternalId(name, id, from)));
    learnt.stream().filter(id -> IdFormat.of(id.name()).fits(id.id())).forEach(ids::add);
    JsonNode data = event.data();
    return new IdentityLink(List.copyOf(ids), email(data), address(data));
  }

  /** Both as one. */
  public IdentityLink and(IdentityLink other) {
    return new IdentityLink(
        Stream.concat(ids.stream(), other.ids.stream()).toList(),
        email == null ? other.email : email,
        address == null ? other.address : address);
  }

  List<ExternalId> ofProject() {
    return ids.stream().filter(id -> IdType.isOfProject(id.name())).toList();
  }

  List<ExternalId> ofCustomer() {
    return ids.stream().filter(id -> !IdType.isOfProject(id.name())).toList();
  }

  private static boolean isTooLong(String id) {
    return id != null && id.length() > LONGEST_ID;
  }

  private static String email(JsonNode data) {
    String customers = data.path("customer").path("email").asText("");
    String email = data.path("email").asText(customers).strip().toLowerCase(Locale.ROOT);
    return email.isEmpty() || email.length() > LONGEST_EMAIL ? null : email;
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
