package org.solarrelay.vendor.enerflo.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The JSON body of Enerflo's update of a milestone, whose fields no page documents: they are those
 * an install shows. Null fields are left out.
 *
 * @param startDate YYYY-MM-DD, as are the two that follow it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnerfloMilestone(
    @JsonProperty("start_date") String startDate,
    @JsonProperty("due_date") String dueDate,
    @JsonProperty("completed_on") String completedOn) {}
