package org.solarrelay.vendor.enerflo.lead;

import static org.solarrelay.event.EventType.APPOINTMENT_REQUESTED;
import static org.solarrelay.event.EventType.LEAD_QUALIFIED;
import static org.solarrelay.event.EventType.LEAD_SUBMITTED;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.event.Lead;

/** Maps the parts of an event that Enerflo adds to a lead: a deal, its survey, an appointment. */
final class EnerfloLeadAddOns {

  private EnerfloLeadAddOns() {}

  /** The id of the deal template from which Enerflo creates a deal; empty for no deal. */
  static Optional<Integer> dealType(String type, Lead lead, OptionalInt fallback) {
    if (LEAD_SUBMITTED.id().equals(type)) {
      return Optional.ofNullable(lead.dealType());
    }
    if (LEAD_QUALIFIED.id().equals(type)) {
      return Optional.of(qualifiedDealType(lead, fallback));
    }
    return Optional.empty();
  }

  /**
   * The deal template of a qualified lead.
   *
   * @param fallback the deal template if the lead names none
   * @throws PermanentFailureException if there is neither
   */
  static Integer qualifiedDealType(Lead lead, OptionalInt fallback) {
    if (lead.dealType() == null && fallback.isEmpty()) {
      throw new PermanentFailureException(
          "A qualified lead requires dealType, the id of an Enerflo deal template;"
              + " or set ENERFLO_DEAL_TYPE_WHEN_SIGNED");
    }
    return lead.dealType() == null ? Integer.valueOf(fallback.getAsInt()) : lead.dealType();
  }

  /** The files of the deal's survey; null for none. */
  static EnerfloLeadRequest.SurveyData surveyData(String type, Lead lead) {
    boolean wanted = LEAD_SUBMITTED.id().equals(type) || LEAD_QUALIFIED.id().equals(type);
    if (!wanted || lead.surveyFiles() == null || lead.surveyFiles().isEmpty()) {
      return null;
    }
    return new EnerfloLeadRequest.SurveyData(
        lead.surveyFiles().stream().map(EnerfloLeadAddOns::file).toList());
  }

  private static EnerfloLeadRequest.File file(Lead.SurveyFile file) {
    if (Stream.of(file.name(), file.type(), file.data()).anyMatch(Objects::isNull)) {
      throw new PermanentFailureException("Every file of surveyFiles requires name, type and data");
    }
    return new EnerfloLeadRequest.File(file.name(), file.data(), file.type());
  }

  /** The appointment with its time in epoch seconds, which have no time zone; null for none. */
  static EnerfloLeadRequest.Appointment appointment(String type, Lead lead) {
    Lead.Appointment wanted = lead.appointment();
    if (APPOINTMENT_REQUESTED.id().equals(type) && wanted == null) {
      throw new PermanentFailureException("appointment.requested requires an appointment");
    }
    if (wanted == null
        || !List.of(LEAD_SUBMITTED.id(), APPOINTMENT_REQUESTED.id()).contains(type)) {
      return null;
    }
    if (wanted.type() == null || wanted.startsAt() == null) {
      throw new PermanentFailureException("An appointment requires type and startsAt");
    }
    return new EnerfloLeadRequest.Appointment(
        wanted.type(),
        Long.toString(wanted.startsAt().toEpochSecond()),
        "U",
        wanted.assignee(),
        wanted.name() == null ? "Appointment" : wanted.name(),
        wanted.minutes());
  }
}
