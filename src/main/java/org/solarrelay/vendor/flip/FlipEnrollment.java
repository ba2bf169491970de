package org.solarrelay.vendor.flip;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.solarrelay.event.EnrollmentChange;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.normal.EmailNormalizer;
import org.solarrelay.event.normal.StorableCharacter;
import org.solarrelay.identity.AddressKey;

/**
 * What the relay needs of an enrollment as Flip's answers show it (Flip, Update enrollment). Every
 * field may be null.
 *
 * @param status as Flip writes it
 * @param groupIds of its site, in alphabetical order; null where Flip tells none
 * @param email of the site's customer, in lower case
 * @param address of the site, in the form of {@link AddressKey}
 * @param updatedAt as Flip writes it
 */
public record FlipEnrollment(
    String id,
    String status,
    String statusReason,
    List<String> groupIds,
    String email,
    String address,
    String updatedAt) {

  /** Reads one, leaving out what is not as it should be. */
  static FlipEnrollment of(JsonNode json) {
    JsonFields enrollment = new JsonFields(json);
    JsonFields site = enrollment.in("site");
    String email = site.text("email");
    return new FlipEnrollment(
        enrollment.text("id"),
        storable(enrollment.text("status")),
        storable(enrollment.text("status_reason")),
        groupIds(site.node().path("groups")),
        email == null
            ? null
            : EmailNormalizer.normalize(email).map(it -> it.toLowerCase(Locale.ROOT)).orElse(null),
        AddressKey.of(site.text("street_address"), site.text("zip_code")),
        enrollment.text("updated_at"));
  }

  /**
   * Whether it has an id and a status, and no text that neither an event nor the database holds.
   */
  boolean isUsable() {
    boolean clean =
        Stream.of(id, email, address)
            .filter(Objects::nonNull)
            .flatMapToInt(String::codePoints)
            .noneMatch(c -> Character.isISOControl(c) || !StorableCharacter.test(c));
    return id != null && status != null && clean;
  }

  /** What can change of it, as an {@code enrollment.changed} tells it. */
  EnrollmentChange state() {
    return new EnrollmentChange(status, statusReason, groupIds, null);
  }

  /** The data of an {@code enrollment.changed} from Flip. */
  EnrollmentChange announced() {
    return new EnrollmentChange(status, statusReason, groupIds, Map.of("flip.enrollment", id));
  }

  private static List<String> groupIds(JsonNode groups) {
    if (!groups.isArray()) {
      return null;
    }
    return StreamSupport.stream(groups.spliterator(), false)
        .map(group -> storable(new JsonFields(group).text("id")))
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  /** The text without the characters that neither an event nor PostgreSQL holds. */
  private static String storable(String text) {
    if (text == null) {
      return null;
    }
    String kept =
        text.codePoints()
            .filter(StorableCharacter::test)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return kept.isBlank() ? null : kept;
  }
}
