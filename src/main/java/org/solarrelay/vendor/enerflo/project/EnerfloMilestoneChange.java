package org.solarrelay.vendor.enerflo.project;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A change of one milestone of an install.
 *
 * @param id the milestone's id in Enerflo
 * @param name null where only the id is known
 */
public record EnerfloMilestoneChange(String id, String name, EnerfloMilestone dates) {

  /** The JSON of the change: the body of Enerflo's update. */
  @JsonValue
  @Override
  public EnerfloMilestone dates() {
    return dates;
  }

  /** The milestone after the change, as data of a {@code project.milestone-changed}. */
  ObjectNode state() {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    put(put(state.putObject("milestone"), "id", id), "name", name);
    put(state, "startedOn", dates.startDate());
    put(state, "dueOn", dates.dueDate());
    return put(state, "completedOn", dates.completedOn());
  }

  private static ObjectNode put(ObjectNode object, String field, String text) {
    return text == null ? object : object.put(field, text);
  }
}
