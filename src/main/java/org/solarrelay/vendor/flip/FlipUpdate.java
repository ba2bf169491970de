package org.solarrelay.vendor.flip;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The JSON body of a request to Flip (Flip, Update enrollment).
 *
 * @param groupIds all groups of the site; an empty list removes the site from all groups; null
 *     keeps the groups
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlipUpdate(
    String status,
    @JsonProperty("status_reason") String statusReason,
    @JsonProperty("group_ids") List<String> groupIds) {

  /** An update that keeps the groups. */
  static FlipUpdate ofStatus(String status, String statusReason) {
    return new FlipUpdate(status, statusReason, null);
  }
}
