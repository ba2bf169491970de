package org.solarrelay.vendor.enerflo.lead;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The parameters of Enerflo's Schedule Audit, with the relay's names; the kamelet maps them to
 * Enerflo's names. Enerflo keeps its value of a parameter that is null.
 *
 * @param creator e-mail address of the Enerflo user who becomes the author; required
 * @param owner e-mail address of the sales rep
 * @param recordId the integration_record_id of the lead; required
 * @param dealType the deal type from which Enerflo creates a deal
 * @param template the template from which Enerflo schedules an appointment
 * @param mobile national digits only
 * @param state two letters
 * @param ignoreValidation 1 if Enerflo accepts the request without an address
 */
public record EnerfloAudit(
    String creator,
    String owner,
    String recordId,
    Integer dealType,
    Integer template,
    String note,
    String firstName,
    String lastName,
    String email,
    String mobile,
    BigDecimal lat,
    BigDecimal lng,
    String street,
    String unit,
    String city,
    String state,
    String zip,
    String county,
    Integer ignoreValidation,
    Boolean smsOptIn) {

  /** The characters of a query, without the parameters' names, that every server accepts. */
  private static final int MAX_QUERY_LENGTH = 3000;

  /** Whether the parameters fit into a URL; servers reject longer URLs with 414. */
  boolean fitsUrl() {
    return parameters().values().stream()
            .filter(Objects::nonNull)
            .mapToLong(
                value -> URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).length())
            .sum()
        <= MAX_QUERY_LENGTH;
  }

  /**
   * The parameters by the relay's names; values may be null. Always disables the webhook
   * new_customer, which would report the relay's own write.
   */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("creator", creator);
    parameters.put("owner", owner);
    parameters.put("recordId", recordId);
    parameters.put("dealType", dealType);
    parameters.put("template", template);
    parameters.put("note", note);
    parameters.put("firstName", firstName);
    parameters.put("lastName", lastName);
    parameters.put("email", email);
    parameters.put("mobile", mobile);
    parameters.put("lat", lat);
    parameters.put("lng", lng);
    parameters.put("street", street);
    parameters.put("unit", unit);
    parameters.put("city", city);
    parameters.put("state", state);
    parameters.put("zip", zip);
    parameters.put("county", county);
    parameters.put("fireNewCustomer", 0);
    parameters.put("ignoreValidation", ignoreValidation);
    parameters.put("smsOptIn", smsOptIn);
    return parameters;
  }

  /** Starts the parameters of a request. */
  static Builder builder() {
    return new Builder();
  }

  /** Builds the parameters; Enerflo keeps its value of each parameter that is not set. */
  static final class Builder {
    private String creator;
    private String owner;
    private String recordId;
    private Integer dealType;
    private Integer template;
    private String note;
    private String firstName;
    private String lastName;
    private String email;
    private String mobile;
    private BigDecimal lat;
    private BigDecimal lng;
    private String street;
    private String unit;
    private String city;
    private String state;
    private String zip;
    private String county;
    private Integer ignoreValidation;
    private Boolean smsOptIn;

    private Builder() {}

    Builder creator(String creator) {
      this.creator = creator;
      return this;
    }

    Builder owner(String owner) {
      this.owner = owner;
      return this;
    }

    Builder recordId(String recordId) {
      this.recordId = recordId;
      return this;
    }

    Builder dealType(Integer dealType) {
      this.dealType = dealType;
      return this;
    }

    Builder template(Integer template) {
      this.template = template;
      return this;
    }

    Builder note(String note) {
      this.note = note;
      return this;
    }

    Builder withoutNote() {
      this.note = null;
      return this;
    }

    Builder firstName(String firstName) {
      this.firstName = firstName;
      return this;
    }

    Builder lastName(String lastName) {
      this.lastName = lastName;
      return this;
    }

    Builder email(String email) {
      this.email = email;
      return this;
    }

    Builder mobile(String mobile) {
      this.mobile = mobile;
      return this;
    }

    Builder lat(BigDecimal lat) {
      this.lat = lat;
      return this;
    }

    Builder lng(BigDecimal lng) {
      this.lng = lng;
      return this;
    }

    Builder street(String street) {
      this.street = street;
      return this;
    }

    Builder unit(String unit) {
      this.unit = unit;
      return this;
    }

    Builder city(String city) {
      this.city = city;
      return this;
    }

    Builder state(String state) {
      this.state = state;
      return this;
    }

    Builder zip(String zip) {
      this.zip = zip;
      return this;
    }

    Builder county(String county) {
      this.county = county;
      return this;
    }

    Builder ignoreValidation(Integer ignoreValidation) {
      this.ignoreValidation = ignoreValidation;
      return this;
    }

    Builder smsOptIn(Boolean smsOptIn) {
      this.smsOptIn = smsOptIn;
      return this;
    }

    EnerfloAudit build() {
      return new EnerfloAudit(
          creator,
          owner,
          recordId,
          dealType,
          template,
          note,
          firstName,
          lastName,
          email,
          mobile,
          lat,
          lng,
          street,
          unit,
          city,
          state,
          zip,
          county,
          ignoreValidation,
          smsOptIn);
    }
  }
}
