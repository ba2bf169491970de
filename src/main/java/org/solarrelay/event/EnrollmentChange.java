package org.solarrelay.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * The data of {@code enrollment.changed}.
 *
 * @param status one of Flip's statuses, such as ACTIVE or PAUSED
 * @param groupIds the groups of the site; an empty list removes the site from all groups; null
 *     keeps the groups
 * @param ids may hold the enrollment's id as {@code flip.enrollment}, if the subject is another id
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnrollmentChange(
    String status, String statusReason, List<String> groupIds, Map<String, String> ids) {

  /** A change of the enrollment that the subject names. */
  public static EnrollmentChange ofSubject(
      String status, String statusReason, List<String> groupIds) {
    return new EnrollmentChange(status, statusReason, groupIds, null);
  }
}
