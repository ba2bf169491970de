package org.solarrelay.vendor.enerflo;

import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.event.Event;
import org.solarrelay.event.JsonFields;
import org.solarrelay.identity.IdFormat;
import org.solarrelay.identity.IdType;

/** Enerflo's ids among the {@code data.ids} of an event. */
public final class EnerfloIds {

  public static final String CUSTOMER = "enerflo.customer";
  public static final String CUSTOMER_UUID = "enerflo.customer.uuid";
  public static final String DEAL = "enerflo.deal";
  public static final String INSTALL = "enerflo.install";

  /** The customer's id once more, where Enerflo has said that no system gave it a key. */
  public static final String KEYLESS_CUSTOMER = "enerflo.keyless-customer";

  public static final String RECORD_ID = "enerflo.integration-record-id";
  public static final String SIGNED_DEAL = "enerflo.signed-deal";

  private EnerfloIds() {}

  /** What the id of a customer is called: Enerflo has a number and a UUID for each. */
  public static String customerName(String id) {
    return IdType.isUuid(id) ? CUSTOMER_UUID : CUSTOMER;
  }

  /** The id of that name, null where the record has none. */
  public static String of(Event event, String name) {
    return new JsonFields(event.data()).in("ids").text(name);
  }

  public static boolean has(Event event, String name) {
    return of(event, name) != null;
  }

  /**
   * The id, in the form that Enerflo's ids of that name have.
   *
   * @param name such as {@link #INSTALL}; null is no id and stays null
   * @throws PermanentFailureException where it has another form, naming the field and the form
   */
  public static String checked(String name, String id) {
    return checked("ids[\"" + name + "\"]", id, IdFormat.of(name));
  }

  /** As {@link #checked(String, String)}, for an id of a milestone. */
  public static String checkedMilestone(String id) {
    return checked("milestone.id", id, IdFormat.NUMBER_OR_UUID);
  }

  private static String checked(String field, String id, IdFormat form) {
    if (id != null && !form.matches(id)) {
      throw new PermanentFailureException(
          "%s is no id of Enerflo's: write %s".formatted(field, form.expected()));
    }
    return id;
  }

  /** As {@link #of}, fit to stand in a path. */
  public static String pathId(Event event, String name) {
    return checked(name, of(event, name));
  }
}
