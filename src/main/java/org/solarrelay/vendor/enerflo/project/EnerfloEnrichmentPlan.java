package org.solarrelay.vendor.enerflo.project;

import static org.solarrelay.event.EventType.CHANGE_ORDER_SIGNED;
import static org.solarrelay.event.EventType.PROJECT_MILESTONE_CHANGED;
import static org.solarrelay.event.EventType.PROJECT_NOTE_ADDED;
import static org.solarrelay.event.EventType.PROJECT_STATUS_CHANGED;
import static org.solarrelay.event.EventType.PROJECT_SUBMITTED;

import java.util.Set;
import org.solarrelay.event.Event;
import org.solarrelay.event.JsonFields;
import org.solarrelay.vendor.enerflo.EnerfloIds;

/**
 * The calls to Enerflo that an event needs.
 *
 * @param install the id of the install to read; null for none
 * @param deal the id of the deal whose install is searched; null for none
 * @param customer whether the customer may have to be read
 * @param note the id of the note to search; null for none
 * @param statuses whether the list of statuses is needed, because the event has a number only
 */
public record EnerfloEnrichmentPlan(
    String install, String deal, boolean customer, String note, boolean statuses) {

  static final EnerfloEnrichmentPlan NONE = new Builder().build();

  private static final Set<String> PROJECT_TYPES =
      Set.of(
          PROJECT_SUBMITTED.id(),
          PROJECT_MILESTONE_CHANGED.id(),
          PROJECT_STATUS_CHANGED.id(),
          CHANGE_ORDER_SIGNED.id());

  /** The calls for an event; none if the record has no id in Enerflo or the event is complete. */
  static EnerfloEnrichmentPlan of(Event event) {
    if (PROJECT_NOTE_ADDED.id().equals(event.type())) {
      return ofNote(new JsonFields(event.data()));
    }
    return PROJECT_TYPES.contains(event.type()) ? ofProject(event) : NONE;
  }

  private static EnerfloEnrichmentPlan ofNote(JsonFields data) {
    return data.text("note") == null ? new Builder().note(data.text("noteId")).build() : NONE;
  }

  private static EnerfloEnrichmentPlan ofProject(Event event) {
    JsonFields data = new JsonFields(event.data());
    String install = EnerfloIds.pathId(event, EnerfloIds.INSTALL);
    String deal = EnerfloIds.pathId(event, EnerfloIds.DEAL);
    boolean lacksInstall = !data.in("install").isObject() && (install != null || deal != null);
    boolean customer = lacksContact(data) && (lacksInstall || customerId(event) != null);
    return new Builder()
        .install(lacksInstall ? install : null)
        .deal(lacksInstall && install == null ? deal : null)
        .customer(customer)
        .statuses(EnerfloStatuses.isNumbered(event))
        .build();
  }

  /** The id of the customer to read; null if the event needs none or has no id. */
  static String customerToRead(Event event) {
    return lacksContact(new JsonFields(event.data())) ? customerId(event) : null;
  }

  private static boolean lacksContact(JsonFields data) {
    JsonFields customer = data.in("customer");
    return customer.text("email") == null || customer.text("phone", "mobile") == null;
  }

  private static String customerId(Event event) {
    String id = EnerfloIds.pathId(event, EnerfloIds.CUSTOMER);
    return id != null ? id : EnerfloIds.pathId(event, EnerfloIds.CUSTOMER_UUID);
  }

  /** The maximum number of calls. */
  public int calls() {
    int installs = install != null || deal != null ? 1 : 0;
    int notes = note != null ? EnerfloNotes.PAGES : 0;
    return installs + (customer ? 1 : 0) + notes + (statuses ? 1 : 0);
  }

  /** Builds a plan; without further calls it needs no call. */
  private static final class Builder {
    private String install;
    private String deal;
    private boolean customer;
    private String note;
    private boolean statuses;

    Builder install(String install) {
      this.install = install;
      return this;
    }

    Builder deal(String deal) {
      this.deal = deal;
      return this;
    }

    Builder customer(boolean customer) {
      this.customer = customer;
      return this;
    }

    Builder note(String note) {
      this.note = note;
      return this;
    }

    Builder statuses(boolean statuses) {
      this.statuses = statuses;
      return this;
    }

    EnerfloEnrichmentPlan build() {
      return new EnerfloEnrichmentPlan(install, deal, customer, note, statuses);
    }
  }
}
