package org.solarrelay.vendor.flip;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.solarrelay.delivery.NotReadyException;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.Lead;
import org.solarrelay.event.Project;
import org.solarrelay.event.normal.AddressRegion;
import org.solarrelay.identity.AddressKey;
import org.solarrelay.identity.IdType;

/** Finds the enrollment in Flip that an event is about. */
@Singleton
@Named("flipLookup")
public class FlipLookup {

  private final boolean hasProgram;

  /**
   * @param programId the program whose enrollments are searched
   */
  @Inject
  public FlipLookup(@ConfigProperty(name = "relay.flip.program-id") Optional<String> programId) {
    this.hasProgram = programId.isPresent();
  }

  /**
   * The enrollment in the event's ids, or in the subject of an {@code enrollment.changed}.
   *
   * @return null where the event has no such id
   * @throws PermanentFailureException if the id is not a UUID
   */
  public FlipLink known(Event event) {
    Map<String, String> ids = project(event).ids() == null ? Map.of() : project(event).ids();
    String id = ids.getOrDefault("flip.enrollment", ids.get("flip"));
    boolean isEnrollmentEvent = event.type().equals("enrollment.changed");
    if (id == null && isEnrollmentEvent && (IdType.isUuid(event.subject()) || ids.isEmpty())) {
      id = event.subject();
    }
    if (id != null && !IdType.isUuid(id)) {
      throw new PermanentFailureException(
          "Flip's enrollment ids are UUIDs: ids[\"flip.enrollment\"] or the subject must be one,"
              + " such as 0b6f6f4e-0000-4000-8000-000000000017");
    }
    return id == null ? null : new FlipLink(id, "Flip's response");
  }

  /** Whether the project is in Australia. Flip's sites are in the United States. */
  public boolean isInAustralia(Event event) {
    Lead.Address address = project(event).address();
    return address != null
        && AddressRegion.of(
                Objects.requireNonNullElse(address.country(), ""),
                Objects.requireNonNullElse(address.state(), ""),
                Objects.requireNonNullElse(address.zip(), ""),
                Objects.requireNonNullElse(address.full(), ""))
            .equals("AU");
  }

  /**
   * Checks that FLIP_PROGRAM_ID is set, without which no list can be requested.
   *
   * @throws NotReadyException if FLIP_PROGRAM_ID is not set
   */
  public void requireProgram(Event event) {
    if (!hasProgram) {
      throw notLinked(event, "; set FLIP_PROGRAM_ID to look it up by e-mail and address");
    }
  }

  /** Whether the event lacks the customer's e-mail address. */
  public boolean lacksEmail(Event event) {
    return email(event) == null;
  }

  /**
   * Finds the enrollment of the event's customer by e-mail address. If several enrollments match,
   * or none, the project's address decides.
   *
   * @throws NotReadyException if no enrollment matches, or several do
   */
  public FlipLink find(FlipList list, Event event) {
    String email = email(event);
    String address = AddressKey.of(project(event).address());
    List<FlipEnrollment> withEmail =
        list.enrollments().stream().filter(e -> email != null && email.equals(e.email())).toList();
    if (withEmail.size() == 1) {
      return new FlipLink(only(withEmail, event), "look-up by e-mail in Flip");
    }
    List<FlipEnrollment> candidates = withEmail.isEmpty() ? list.enrollments() : withEmail;
    List<FlipEnrollment> withAddress =
        candidates.stream().filter(e -> address != null && address.equals(e.address())).toList();
    if (withAddress.isEmpty() && !withEmail.isEmpty()) {
      throw notLinked(
          event,
          ": %d enrollments have its e-mail address, none of them has its address"
              .formatted(withEmail.size()));
    }
    String by = withEmail.isEmpty() ? "address" : "e-mail and address";
    return new FlipLink(only(withAddress, event), "look-up by " + by + " in Flip");
  }

  private static String only(List<FlipEnrollment> found, Event event) {
    if (found.size() > 1) {
      throw notLinked(event, ": %d enrollments have its address".formatted(found.size()));
    }
    return found.stream()
        .map(FlipEnrollment::id)
        .filter(IdType::isUuid)
        .findFirst()
        .orElseThrow(() -> notLinked(event, ""));
  }

  private static NotReadyException notLinked(Event event, String detail) {
    Map<String, String> ids = project(event).ids();
    String install = ids == null ? null : ids.get("enerflo.install");
    String project = install == null ? event.subject() : install;
    return new NotReadyException("No Flip enrollment is linked to project " + project + detail);
  }

  private static String email(Event event) {
    Project.Customer customer = project(event).customer();
    String email = customer == null ? null : customer.email();
    return email == null ? null : email.strip().toLowerCase(Locale.ROOT);
  }

  private static Project project(Event event) {
    return EventData.read(event, Project.class);
  }
}
