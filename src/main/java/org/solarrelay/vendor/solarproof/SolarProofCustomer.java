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
    @JsonProperty("gststatus") Integer gstStatus) {}
