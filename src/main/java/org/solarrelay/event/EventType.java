package org.solarrelay.event;

import java.util.Arrays;
import java.util.Optional;

/** The vocabulary: the relay's own event types, and the topic of each. */
public enum EventType {
  LEAD_SUBMITTED("lead.submitted", "solar.leads"),
  LEAD_CHANGED("lead.changed", "solar.leads"),
  LEAD_STATUS_CHANGED("lead.status-changed", "solar.leads"),
  LEAD_QUALIFIED("lead.qualified", "solar.leads"),
  APPOINTMENT_REQUESTED("appointment.requested", "solar.leads"),
  PROJECT_SUBMITTED("project.submitted", "solar.projects"),
  PROJECT_STATUS_CHANGED("project.status-changed", "solar.projects"),
  PROJECT_MILESTONE_CHANGED("project.milestone-changed", "solar.projects"),
  PROJECT_NOTE_ADDED("project.note-added", "solar.projects"),
  CHANGE_ORDER_SIGNED("change-order.signed", "solar.projects"),
  ENROLLMENT_CHANGED("enrollment.changed", "solar.enrollments");

  private final String id;
  private final String topic;

  EventType(String id, String topic) {
    this.id = id;
    this.topic = topic;
  }

  /** The name in a CloudEvent's {@code type}. */
  public String id() {
    return id;
  }

  /** The topic that carries events of this type. */
  public String topic() {
    return topic;
  }

  /** The type with this name; empty where the vocabulary has none. */
  public static Optional<EventType> of(String id) {
    return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
  }
}
