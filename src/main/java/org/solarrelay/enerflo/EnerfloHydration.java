package org.solarrelay.enerflo;

import static org.solarrelay.event.EventType.CHANGE_ORDER_SIGNED;
import static org.solarrelay.event.EventType.PROJECT_MILESTONE_CHANGED;
import static org.solarrelay.event.EventType.PROJECT_NOTE_ADDED;
import static org.solarrelay.event.EventType.PROJECT_STATUS_CHANGED;
import static org.solarrelay.event.EventType.PROJECT_SUBMITTED;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.solarrelay.delivery.NotYetException;
import org.solarrelay.event.Event;
import org.solarrelay.event.JsonFields;

/**
 * Completes events about projects from Enerflo (Enerflo, How to Integrate Enerflo with my CRM,
 * stage 2: "hydrating the event data with supplementary API calls").
 */
@Singleton
@Named("enerfloHydration")
public class EnerfloHydration {

  private static final Set<String> OF_PROJECTS =
      Set.of(
          PROJECT_SUBMITTED.id(),
          PROJECT_MILESTONE_CHANGED.id(),
          PROJECT_STATUS_CHANGED.id(),
          CHANGE_ORDER_SIGNED.id());

  private final boolean on;

  /**
   * @param url where Enerflo is; without it, or without the key, no event is completed
   */
  @Inject
  public EnerfloHydration(
      @ConfigProperty(name = "relay.destinations.enerflo.url") Optional<String> url,
      @ConfigProperty(name = "relay.destinations.enerflo.api-key") Optional<String> apiKey) {
    this.on = url.isPresent() && apiKey.isPresent();
  }

  /**
   * Whether Enerflo announced it with too little to act on: a project without its install, a
   * milestone without name or any date, a status by its number, a note without its text.
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

  /** Whether it announced a milestone or a status so, which then decide nothing. */
  public boolean isUnnamed(Event event) {
    return Set.of(PROJECT_MILESTONE_CHANGED.id(), PROJECT_STATUS_CHANGED.id())
            .contains(event.type())
        && isIncomplete(event);
  }

  /**
   * What has to be asked of Enerflo; nothing where it is off, where the record has no id in it, and
   * where the event has all already.
   */
  public EnerfloLookups lookups(Event event) {
    if (!on) {
      return EnerfloLookups.NONE;
    }
    JsonFields data = new JsonFields(event.data());
    if (PROJECT_NOTE_ADDED.id().equals(event.type())) {
      String note = data.text("note") == null ? data.text("noteId") : null;
      return new EnerfloLookups(null, null, false, note, false);
    }
    return OF_PROJECTS.contains(event.type()) ? ofProject(event, data) : EnerfloLookups.NONE;
  }

  private static EnerfloLookups ofProject(Event event, JsonFields data) {
    String install = EnerfloIds.pathId(event, EnerfloIds.INSTALL);
    String deal = EnerfloIds.pathId(event, EnerfloIds.DEAL);
    boolean wanted = !data.in("install").isObject() && (install != null || deal != null);
    boolean customer = lacksContact(data) && (wanted || customerId(event) != null);
    return new EnerfloLookups(
        wanted ? install : null,
        wanted && install == null ? deal : null,
        customer,
        null,
        EnerfloStatuses.isNumbered(event));
  }

  /**
   * The event with the install and what that tells of milestone, customer and address.
   *
   * @throws NotYetException where there is no install in the body
   */
  public Event withInstall(Event event, byte[] body) throws IOException {
    EnerfloInstall install = EnerfloInstall.read(body);
    if (install == null) {
      String id = EnerfloIds.of(event, EnerfloIds.INSTALL);
      String deal = EnerfloIds.of(event, EnerfloIds.DEAL);
      throw id != null
          ? EnerfloProjectAnswers.noInstall(id)
          : EnerfloProjectAnswers.noInstallOfDeal(deal);
    }
    return EnerfloCompletion.withInstall(event, install);
  }

  /** The id of the customer to ask for, empty where that is not needed or not possible. */
  public String customerToAskFor(Event event) {
    String id = lacksContact(new JsonFields(event.data())) ? customerId(event) : null;
    return id == null ? "" : id;
  }

  /** The event with what Enerflo knows of its customer. */
  public Event withCustomer(Event event, byte[] body) throws IOException {
    return EnerfloCompletion.withCustomer(event, EnerfloReply.json(body));
  }

  private static boolean lacksContact(JsonFields data) {
    JsonFields customer = data.in("customer");
    return customer.text("email") == null || customer.text("phone", "mobile") == null;
  }

  private static String customerId(Event event) {
    String id = EnerfloIds.pathId(event, EnerfloIds.CUSTOMER);
    return id != null ? id : EnerfloIds.pathId(event, EnerfloIds.CUSTOMER_UUID);
  }
}
