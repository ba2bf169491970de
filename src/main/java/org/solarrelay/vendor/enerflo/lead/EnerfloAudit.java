package org.solarrelay.vendor.enerflo.lead;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The parameters of Enerflo's Schedule Audit, under the relay's names; the kamelet knows Enerflo's.
 * What is null stays as it is in Enerflo.
 *
 * @param creator e-mail address of the Enerflo user who becomes the author; required
 * @param owner e-mail address of the sales rep
 * @param recordId the integration_record_id the lead was created with; required
 * @param dealType makes Enerflo create a deal from that deal type
 * @param template makes Enerflo begin to schedule an appointment from that template
 * @param mobile national digits only
 * @param state two letters
 * @param ignoreValidation 1 lets Enerflo do without an address
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

  /** How many characters of a query a server takes for sure, besides the parameters' names. */
  private static final int LONGEST_QUERY = 3000;

  /** Whether the parameters fit a URL: servers refuse longer ones with 414. */
  boolean fitsUrl() {
    return parameters().values().stream()
            .filter(Objects::nonNull)
            .mapToLong(
                value -> URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).length())
            .sum()
        <= LONGEST_QUERY;
  }

  /** The same without its note. */
  EnerfloAudit withoutNote() {
    return new EnerfloAudit(
        creator,
        owner,
        recordId,
        dealType,
        template,
        null,
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

  /**
   * The parameters by the relay's names, null where there is nothing to say. That new_customer is
   * not to fire is always said: it would come back as a webhook and go round.
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
}
