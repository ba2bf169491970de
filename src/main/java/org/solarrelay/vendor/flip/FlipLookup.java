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

/** Which of Flip's enrollments an event is about. */
@Singleton
@Named("flipLookup")
public class FlipLookup {

  private final boolean hasProgram;

  /**
   * @param programId the program whose enrollments are looked through
   */
  @Inject
  public FlipLookup(@ConfigProperty(name = "relay.flip.program-id") Optional<String> programId) {
    this.hasProgram = programId.isPresent();
  }

  /**
   * The enrollment that the event's ids name; of an {@code enrollment.changed} also its subject.
   *
   * @return null where they name none
   * @throws PermanentFailureException where what they name can be no enrollment
   */
  public FlipLink known(Event event) {
    Map<String, String> ids = project(event).ids() == null ? Map.of() : project(event).ids();
    String id = ids.getOrDefault("flip.enrollment", ids.get("flip"));
    boolean aboutEnrollment = event.type().equals("enrollment.changed");
    if (id == null && aboutEnrollment && (IdType.isUuid(event.subject()) || ids.isEmpty())) {
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
   * Says nothing where there is a program to look through.
   *
   * @throws NotReadyException where there is none
   */
  public void requireProgram(Event event) {
    if (!hasProgram) {
      throw notLinked(event, "; with FLIP_PROGRAM_ID it would be looked up by e-mail and address");
    }
  }

  /** Whether the customer's e-mail address is still to be had from Enerflo. */
  public boolean lacksEmail(Event event) {
    return email(event) == null;
  }

  /**
   * The enrollment of the event's customer: the one with their e-mail address; of several, and
   * where none has it, the one at the project's address.
   *
   * @throws NotReadyException where there is none, or more than one
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
    List<FlipEnrollment> there =
        candidates.stream().filter(e -> address != null && address.equals(e.address())).toList();
    if (there.isEmpty() && !withEmail.isEmpty()) {
      throw notLinked(
          event,
          ": %d have its e-mail address and none of them its address".formatted(withEmail.size()));
    }
    String by = withEmail.isEmpty() ? "address" : "e-mail and address";
    return new FlipLink(only(there, event), "look-up by " + by + " in Flip");
  }

  private static String only(List<FlipEnrollment> found, Event event) {
    if (found.size() > 1) {
      throw notLinked(event, ": %d have its address".formatted(found.size()));
    }
    return found.stream()
        .map(FlipEnrollment::id)
        .filter(IdType::isUuid)
        .findFirst()
        .orElseThrow(() -> notLinked(event, ""));
  }

  private static NotReadyException notLinked(Event event, String because) {
    Map<String, String> ids = project(event).ids();
    String install = ids == null ? null : ids.get("enerflo.install");
    String project = install == null ? event.subject() : install;
    return new NotReadyException("no Flip enrollment is linked to project " + project + because);
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
