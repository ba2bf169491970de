package org.solarrelay.vendor.enerflo.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The JSON body of Enerflo's update of a milestone. The fields are not documented; the names are
 * those of a milestone in an install. Null fields are left out.
 *
 * @param startDate YYYY-MM-DD
 * @param dueDate YYYY-MM-DD
 * @param completedOn YYYY-MM-DD
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnerfloMilestone(
    @JsonProperty("start_date") String startDate,
    @JsonProperty("due_date") String dueDate,
    @JsonProperty("completed_on") String completedOn) {}
