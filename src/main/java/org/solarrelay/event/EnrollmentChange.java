package org.solarrelay.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * The data of {@code enrollment.changed}.
 *
 * @param status one of Flip's words, such as ACTIVE or PAUSED
 * @param groupIds the groups the site shall be in; empty removes it from all, null leaves them
 * @param ids may name the enrollment under {@code flip.enrollment}, where the subject does not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnrollmentChange(
    String status, String statusReason, List<String> groupIds, Map<String, String> ids) {}
