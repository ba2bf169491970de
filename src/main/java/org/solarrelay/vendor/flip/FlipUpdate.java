package org.solarrelay.vendor.flip;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The body of Flip's update enrollment.
 *
 * @param groupIds all the groups of the site; empty for none, null to leave them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlipUpdate(
    String status,
    @JsonProperty("status_reason") String statusReason,
    @JsonProperty("group_ids") List<String> groupIds) {}
