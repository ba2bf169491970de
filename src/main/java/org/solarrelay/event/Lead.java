package org.solarrelay.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.solarrelay.event.normal.NameParser;
import org.solarrelay.event.normal.PersonName;

/**
 * The data of every {@code lead.*} event and of {@code appointment.requested}. Every field may be
 * null.
 *
 * @param kind residential, commercial or large-scale
 * @param owner e-mail address; {@code creator} and {@code setter} are e-mail addresses, too
 * @param ids the lead's ids in other systems, by system or system.kind
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Lead(
    String firstName,
    String lastName,
    String fullName,
    String email,
    String mobile,
    String phone,
    String kind,
    Company company,
    Address address,
    String status,
    String source,
    String office,
    String owner,
    String creator,
    String setter,
    String note,
    Integer dealType,
    Boolean smsOptIn,
    Boolean skipValidation,
    Appointment appointment,
    List<SurveyFile> surveyFiles,
    Map<String, String> ids) {

  /** The first and last name, if there is at least one; else the two parts of the full name. */
  public PersonName personName() {
    return firstName != null || lastName != null || fullName == null
        ? new PersonName(firstName, lastName)
        : NameParser.parse(fullName);
  }

  /**
   * Both parts of the name, from all name fields; some systems have the full name in the first
   * name.
   */
  public PersonName wholeName() {
    PersonName name = NameParser.complete(firstName, lastName, fullName);
    return name.last() == null && name.first() != null ? NameParser.parse(name.first()) : name;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Company(String name, String phone, String taxId, Boolean gstRegistered) {}

  /** An address: either {@code full}, or the parts. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Address(
      String full,
      String street,
      String unit,
      String city,
      String state,
      String zip,
      String county,
      String country,
      BigDecimal lat,
      BigDecimal lng) {}

  /**
   * @param type the number of the vendor's appointment template
   * @param assignee e-mail address
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Appointment(
      Integer type, String name, OffsetDateTime startsAt, Integer minutes, String assignee) {}

  /**
   * @param type the survey question of the file, such as {@code img_exterior_house}
   * @param data base64
   */
  public record SurveyFile(String name, String type, String data) {}
}
