package org.solarrelay.enerflo;

import java.util.regex.Pattern;
import org.solarrelay.delivery.RefusedException;
import org.solarrelay.event.Event;
import org.solarrelay.event.JsonFields;
import org.solarrelay.identity.IdName;

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

  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private EnerfloIds() {}

  /** What the id of a customer is called: Enerflo has a number and a UUID for each. */
  public static String customerName(String id) {
    return IdName.isUuid(id) ? CUSTOMER_UUID : CUSTOMER;
  }

  /** The id of that name, null where the record has none. */
  public static String of(Event event, String name) {
    return new JsonFields(event.data()).in("ids").text(name);
  }

  public static boolean has(Event event, String name) {
    return of(event, name) != null;
  }

  /**
   * The id, fit to stand in a path.
   *
   * @throws RefusedException where it would be a path of another kind
   */
  public static String segment(String name, String id) {
    if (id != null && !SEGMENT.matcher(id).matches()) {
      throw new RefusedException(name + " is no id of Enerflo's");
    }
    return id;
  }

  /** As {@link #of}, fit to stand in a path. */
  public static String pathId(Event event, String name) {
    return segment(name, of(event, name));
  }
}
