package org.solarrelay.vendor.solarproof;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The fields of Solar Proof's createcustomer and updatecustomer, which cannot set a status or an
 * address. Null fields are left out; an update does not change them.
 *
 * @param id the id of the customer to update; null at creation
 * @param owner e-mail address of the Solar Proof user; only at creation
 * @param type RESIDENTIAL, COMMERCIAL or LARGE-SCALE
 * @param gstStatus 1 or 0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SolarProofCustomer(
    @JsonProperty("pkcustomerid") Long id,
    @JsonProperty("useremail") String owner,
    @JsonProperty("firstname") String firstName,
    @JsonProperty("surname") String surname,
    String email,
    String phone1,
    String phone2,
    String type,
    @JsonProperty("companyname") String companyName,
    @JsonProperty("companyphone") String companyPhone,
    @JsonProperty("gststatus") Integer gstStatus) {

  /** Starts a customer. */
  static Builder builder() {
    return new Builder();
  }

  /** Builds a customer from the fields that are set. */
  static final class Builder {
    private Long id;
    private String owner;
    private String firstName;
    private String surname;
    private String email;
    private String phone1;
    private String phone2;
    private String type;
    private String companyName;
    private String companyPhone;
    private Integer gstStatus;

    private Builder() {}

    Builder id(Long id) {
      this.id = id;
      return this;
    }

    Builder owner(String owner) {
      this.owner = owner;
      return this;
    }

    Builder firstName(String firstName) {
      this.firstName = firstName;
      return this;
    }

    Builder surname(String surname) {
      this.surname = surname;
      return this;
    }

    Builder email(String email) {
      this.email = email;
      return this;
    }

    Builder phone1(String phone1) {
      this.phone1 = phone1;
      return this;
    }

    Builder phone2(String phone2) {
      this.phone2 = phone2;
      return this;
    }

    Builder type(String type) {
      this.type = type;
      return this;
    }

    Builder companyName(String companyName) {
      this.companyName = companyName;
      return this;
    }

    Builder companyPhone(String companyPhone) {
      this.companyPhone = companyPhone;
      return this;
    }

    Builder gstStatus(Integer gstStatus) {
      this.gstStatus = gstStatus;
      return this;
    }

    SolarProofCustomer build() {
      return new SolarProofCustomer(
          id,
          owner,
          firstName,
          surname,
          email,
          phone1,
          phone2,
          type,
          companyName,
          companyPhone,
          gstStatus);
    }
  }
}
