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
 * An enrollment in Flip's responses, reduced to the fields that the relay needs (Flip, Update
 * enrollment). Every field may be null.
 *
 * @param status Flip's word
 * @param groupIds the groups of the site, in alphabetical order; null where the response has none
 * @param email the e-mail address of the site's customer, in lower case
 * @param address the site's address, a key of {@link AddressKey}
 * @param updatedAt Flip's text
 */
public record FlipEnrollment(
    String id,
    String status,
    String statusReason,
    List<String> groupIds,
    String email,
    String address,
    String updatedAt) {

  /** Reads an enrollment; fields with another JSON type are null. */
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
   * Whether the enrollment has an id and a status, and no text that an event or PostgreSQL cannot
   * store.
   */
  boolean isUsable() {
    boolean clean =
        Stream.of(id, email, address)
            .filter(Objects::nonNull)
            .flatMapToInt(String::codePoints)
            .noneMatch(c -> Character.isISOControl(c) || !StorableCharacter.test(c));
    return id != null && status != null && clean;
  }

  /** The fields that can change, as data of an {@code enrollment.changed}. */
  EnrollmentChange state() {
    return EnrollmentChange.ofSubject(status, statusReason, groupIds);
  }

  /** The data of an {@code enrollment.changed} from Flip, with the enrollment's id. */
  EnrollmentChange change() {
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

  /** The text without the characters that an event and PostgreSQL cannot store. */
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
