package org.solarrelay.vendor.enerflo.project;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A change of the status of an install. Its JSON is the body of Enerflo's update.
 *
 * @param statusId the status' number in Enerflo
 * @param data of the event that changes it
 */
public record EnerfloStatusChange(
    @JsonProperty("status_id") int statusId, @JsonIgnore ObjectNode data) {

  /** The install afterwards, with the number by which Enerflo may announce the status. */
  ObjectNode state() {
    return data.deepCopy().put("statusId", Integer.toString(statusId));
  }
}
