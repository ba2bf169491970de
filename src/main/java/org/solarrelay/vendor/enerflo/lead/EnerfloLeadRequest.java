package org.solarrelay.vendor.enerflo.lead;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The JSON body of Enerflo's add lead request. The names are those in the tables of the Enerflo
 * Leads API; its example spells some names differently. Null fields are left out.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnerfloLeadRequest(
    Lead lead, @JsonProperty("survey_data") SurveyData surveyData, Appointment appointment) {

  /** A request that adds nothing to the lead. */
  static EnerfloLeadRequest ofLead(Lead lead) {
    return new EnerfloLeadRequest(lead, null, null);
  }

  /**
   * @param recordId the key of the upsert: the same key updates the same lead
   * @param fullAddress the address in one line, instead of the four fields after it
   * @param mobile national digits only
   * @param createDeal the id of a deal template
   * @param ignoreValidation 1 if Enerflo accepts the lead without an address
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Lead(
      @JsonProperty("integration_record_id") String recordId,
      @JsonProperty("first_name") String firstName,
      @JsonProperty("last_name") String lastName,
      @JsonProperty("full_name") String fullName,
      String fullAddress,
      String address,
      String city,
      String state,
      String zip,
      String email,
      String mobile,
      String creator,
      @JsonProperty("assign_to_email") String owner,
      @JsonProperty("setter_email") String setter,
      @JsonProperty("lead_status") String status,
      @JsonProperty("lead_source") String source,
      Integer createDeal,
      @JsonProperty("office_name") String office,
      @JsonProperty("add_note") String note,
      @JsonProperty("ignore_validation") Integer ignoreValidation) {}

  public record SurveyData(List<File> files) {}

  /**
   * @param data base64
   * @param type the survey question of the file
   */
  public record File(String name, String data, String type) {}

  /**
   * @param type the id of an appointment template
   * @param dateTime the start, in the format {@code dateFormat}
   * @param dateFormat {@code U} for epoch seconds
   * @param assignee e-mail address
   * @param minutes the duration; Enerflo assumes 60 if null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Appointment(
      @JsonProperty("apt_type_id") Integer type,
      @JsonProperty("date_time") String dateTime,
      @JsonProperty("date_format") String dateFormat,
      @JsonProperty("assigned_user") String assignee,
      String name,
      Integer minutes) {}
}
