package org.solarrelay.vendor.solarproof;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The fields that Solar Proof's createcustomer and updatecustomer take; it writes neither a status
 * nor an address. Null fields are left out, and an update leaves them as they are.
 *
 * @param id of the customer to update
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
