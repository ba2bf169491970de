package org.solarrelay.vendor.enerflo.project;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A change of an install's status. Its JSON is the body of Enerflo's update.
 *
 * @param statusId the status' number in Enerflo
 * @param data the data of the event
 */
public record EnerfloStatusChange(
    @JsonProperty("status_id") int statusId, @JsonIgnore ObjectNode data) {

  /** The event's data with the status' number, with which Enerflo may report the change. */
  ObjectNode state() {
    return data.deepCopy().put("statusId", Integer.toString(statusId));
  }
}
