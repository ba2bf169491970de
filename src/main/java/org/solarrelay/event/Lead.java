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
      BigDecimal lng) {

    /** Starts an address. */
    public static Builder builder() {
      return new Builder();
    }

    /** Builds an address from the fields that are set. */
    public static final class Builder {
      private String full;
      private String street;
      private String unit;
      private String city;
      private String state;
      private String zip;
      private String county;
      private String country;
      private BigDecimal lat;
      private BigDecimal lng;

      private Builder() {}

      public Builder full(String full) {
        this.full = full;
        return this;
      }

      public Builder street(String street) {
        this.street = street;
        return this;
      }

      public Builder unit(String unit) {
        this.unit = unit;
        return this;
      }

      public Builder city(String city) {
        this.city = city;
        return this;
      }

      public Builder state(String state) {
        this.state = state;
        return this;
      }

      public Builder zip(String zip) {
        this.zip = zip;
        return this;
      }

      public Builder county(String county) {
        this.county = county;
        return this;
      }

      public Builder country(String country) {
        this.country = country;
        return this;
      }

      public Builder lat(BigDecimal lat) {
        this.lat = lat;
        return this;
      }

      public Builder lng(BigDecimal lng) {
        this.lng = lng;
        return this;
      }

      public Address build() {
        return new Address(full, street, unit, city, state, zip, county, country, lat, lng);
      }
    }
  }

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

  /** Starts a lead. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a lead from the fields that are set. */
  public static final class Builder {
    private String firstName;
    private String lastName;
    private String fullName;
    private String email;
    private String mobile;
    private String phone;
    private String kind;
    private Company company;
    private Address address;
    private String status;
    private String source;
    private String office;
    private String owner;
    private String creator;
    private String setter;
    private String note;
    private Integer dealType;
    private Boolean smsOptIn;
    private Boolean skipValidation;
    private Appointment appointment;
    private List<SurveyFile> surveyFiles;
    private Map<String, String> ids;

    private Builder() {}

    public Builder firstName(String firstName) {
      this.firstName = firstName;
      return this;
    }

    public Builder lastName(String lastName) {
      this.lastName = lastName;
      return this;
    }

    public Builder fullName(String fullName) {
      this.fullName = fullName;
      return this;
    }

    public Builder email(String email) {
      this.email = email;
      return this;
    }

    public Builder mobile(String mobile) {
      this.mobile = mobile;
      return this;
    }

    public Builder phone(String phone) {
      this.phone = phone;
      return this;
    }

    public Builder kind(String kind) {
      this.kind = kind;
      return this;
    }

    public Builder company(Company company) {
      this.company = company;
      return this;
    }

    public Builder address(Address address) {
      this.address = address;
      return this;
    }

    public Builder status(String status) {
      this.status = status;
      return this;
    }

    public Builder source(String source) {
      this.source = source;
      return this;
    }

    public Builder office(String office) {
      this.office = office;
      return this;
    }

    public Builder owner(String owner) {
      this.owner = owner;
      return this;
    }

    public Builder creator(String creator) {
      this.creator = creator;
      return this;
    }

    public Builder setter(String setter) {
      this.setter = setter;
      return this;
    }

    public Builder note(String note) {
      this.note = note;
      return this;
    }

    public Builder dealType(Integer dealType) {
      this.dealType = dealType;
      return this;
    }

    public Builder smsOptIn(Boolean smsOptIn) {
      this.smsOptIn = smsOptIn;
      return this;
    }

    public Builder skipValidation(Boolean skipValidation) {
      this.skipValidation = skipValidation;
      return this;
    }

    public Builder appointment(Appointment appointment) {
      this.appointment = appointment;
      return this;
    }

    public Builder surveyFiles(List<SurveyFile> surveyFiles) {
      this.surveyFiles = surveyFiles;
      return this;
    }

    public Builder ids(Map<String, String> ids) {
      this.ids = ids;
      return this;
    }

    public Lead build() {
      return new Lead(
          firstName,
          lastName,
          fullName,
          email,
          mobile,
          phone,
          kind,
          company,
          address,
          status,
          source,
          office,
          owner,
          creator,
          setter,
          note,
          dealType,
          smsOptIn,
          skipValidation,
          appointment,
          surveyFiles,
          ids);
    }
  }
}
