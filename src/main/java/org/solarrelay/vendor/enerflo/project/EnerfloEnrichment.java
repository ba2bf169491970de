package org.solarrelay.vendor.enerflo.project;

import static org.solarrelay.event.EventType.PROJECT_MILESTONE_CHANGED;
import static org.solarrelay.event.EventType.PROJECT_STATUS_CHANGED;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.solarrelay.delivery.NotReadyException;
import org.solarrelay.event.Event;
import org.solarrelay.event.JsonFields;
import org.solarrelay.vendor.enerflo.EnerfloIds;
import org.solarrelay.vendor.enerflo.EnerfloResponse;

/**
 * Enriches events about projects from Enerflo (Enerflo, How to Integrate Enerflo with my CRM, stage
 * 2: "hydrating the event data with supplementary API calls").
 */
@Singleton
@Named("enerfloEnrichment")
public class EnerfloEnrichment {

  private final boolean on;

  /**
   * @param url Enerflo's URL; without URL or key no event is enriched
   */
  @Inject
  public EnerfloEnrichment(
      @ConfigProperty(name = "relay.destinations.enerflo.url") Optional<String> url,
      @ConfigProperty(name = "relay.destinations.enerflo.api-key") Optional<String> apiKey) {
    this.on = url.isPresent() && apiKey.isPresent();
  }

  /**
   * Whether an event from Enerflo lacks fields that destinations need: a project without its
   * install, a milestone without name or dates, a status by number, a note without text.
   */
  public boolean isIncomplete(Event event) {
    if (!"enerflo".equals(event.source())) {
      return false;
    }
    JsonFields data = new JsonFields(event.data());
    return switch (event.type()) {
      case "project.submitted" -> !data.in("install").isObject();
      case "project.milestone-changed" ->
          data.in("milestone").text("name") == null
              || data.text("startedOn", "dueOn", "completedOn") == null;
      case "project.status-changed" -> EnerfloStatuses.isNumbered(event);
      case "project.note-added" -> data.text("note") == null && data.text("noteId") != null;
      default -> false;
    };
  }

  /** Whether an event from Enerflo lacks the milestone's name or the status' name. */
  public boolean isUnnamed(Event event) {
    return Set.of(PROJECT_MILESTONE_CHANGED.id(), PROJECT_STATUS_CHANGED.id())
            .contains(event.type())
        && isIncomplete(event);
  }

  /**
   * The calls that the event needs; none if Enerflo is off, the record has no id in Enerflo, or the
   * event is complete.
   */
  public EnerfloEnrichmentPlan plan(Event event) {
    return on ? EnerfloEnrichmentPlan.of(event) : EnerfloEnrichmentPlan.NONE;
  }

  /**
   * The event with the install, and with its milestone, customer and address.
   *
   * @throws NotReadyException if the body has no install
   */
  public Event withInstall(Event event, byte[] body) throws IOException {
    EnerfloInstall install = EnerfloInstall.read(body);
    if (install == null) {
      String id = EnerfloIds.of(event, EnerfloIds.INSTALL);
      String deal = EnerfloIds.of(event, EnerfloIds.DEAL);
      throw id != null
          ? EnerfloProjectOutcomes.noInstall(id)
          : EnerfloProjectOutcomes.noInstallOfDeal(deal);
    }
    return EnerfloEnricher.withInstall(event, install);
  }

  /** The id of the customer to read; empty if the event needs none or has no id. */
  public String customerId(Event event) {
    String id = EnerfloEnrichmentPlan.customerToRead(event);
    return id == null ? "" : id;
  }

  /** The event with its customer and address from Enerflo. */
  public Event withCustomer(Event event, byte[] body) throws IOException {
    return EnerfloEnricher.withCustomer(event, EnerfloResponse.json(body));
  }
}
