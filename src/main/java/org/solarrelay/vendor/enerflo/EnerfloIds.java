package org.solarrelay.vendor.enerflo;

import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.event.Event;
import org.solarrelay.event.JsonFields;
import org.solarrelay.identity.IdFormat;
import org.solarrelay.identity.IdType;

/** Reads and checks Enerflo's ids in the {@code data.ids} of an event. */
public final class EnerfloIds {

  public static final String CUSTOMER = "enerflo.customer";
  public static final String CUSTOMER_UUID = "enerflo.customer.uuid";
  public static final String DEAL = "enerflo.deal";
  public static final String INSTALL = "enerflo.install";

  /** The customer's id, if the customer has no integration_record_id in Enerflo. */
  public static final String KEYLESS_CUSTOMER = "enerflo.keyless-customer";

  public static final String RECORD_ID = "enerflo.integration-record-id";
  public static final String SIGNED_DEAL = "enerflo.signed-deal";

  private EnerfloIds() {}

  /** The name of a customer's id: Enerflo has a number and a UUID for each customer. */
  public static String customerName(String id) {
    return IdType.isUuid(id) ? CUSTOMER_UUID : CUSTOMER;
  }

  /** The id with this name; null where the event has none. */
  public static String of(Event event, String name) {
    return new JsonFields(event.data()).in("ids").text(name);
  }

  /** Whether the event has an id with this name. */
  public static boolean has(Event event, String name) {
    return of(event, name) != null;
  }

  /**
   * The id, if it has the format of its name.
   *
   * @param name such as {@link #INSTALL}
   * @param id null stays null
   * @throws PermanentFailureException if the id has another format; the text names the field and
   *     the format
   */
  public static String checked(String name, String id) {
    return checked("ids[\"" + name + "\"]", id, IdFormat.of(name));
  }

  /** As {@link #checked(String, String)}, for the id of a milestone. */
  public static String checkedMilestone(String id) {
    return checked("milestone.id", id, IdFormat.NUMBER_OR_UUID);
  }

  private static String checked(String field, String id, IdFormat format) {
    if (id != null && !format.matches(id)) {
      throw new PermanentFailureException(
          "%s is not an id of Enerflo: it must be %s".formatted(field, format.expected()));
    }
    return id;
  }

  /** The id with this name, checked for use in a path; null where the event has none. */
  public static String pathId(Event event, String name) {
    return checked(name, of(event, name));
  }
}
