package org.solarrelay.vendor.solarproof;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.Lead;
import org.solarrelay.event.normal.PersonName;
import org.solarrelay.identity.IdFormat;

/** Maps events of leads to customers, with the field names of Solar Proof's write actions. */
@Singleton
@Named("solarProofMapper")
public class SolarProofMapper {

  static final String CUSTOMER = "solarproof.customer";

  private static final Map<String, String> TYPES =
      Map.of(
          "residential", "RESIDENTIAL", "commercial", "COMMERCIAL", "large-scale", "LARGE-SCALE");

  /** Solar Proof's id of the customer, a number; empty where unknown. */
  public String knownId(Event event) {
    String id = event.data().path("ids").path(CUSTOMER).asText();
    return IdFormat.of(CUSTOMER).matches(id) ? id : "";
  }

  /**
   * The e-mail address by which the customer is found, if its id is unknown or not in Solar Proof.
   *
   * @throws PermanentFailureException if the lead has no e-mail address
   */
  public String email(Event event) {
    String email = lead(event).email();
    if (email == null) {
      String id = knownId(event);
      if (id.isEmpty() && event.data().path("ids").hasNonNull(CUSTOMER)) {
        throw new PermanentFailureException(
            "Solar Proof knows customers by e-mail: the lead lacks email, and ids[\"%s\"] is not an id"
                    .formatted(CUSTOMER)
                + " of Solar Proof: it must be "
                + IdFormat.of(CUSTOMER).expected());
      }
      throw new PermanentFailureException(
          id.isEmpty()
              ? "Solar Proof knows customers by e-mail: the lead lacks email"
              : "Solar Proof has no customer " + id + ", and the lead lacks email to look it up");
    }
    return email;
  }

  /**
   * The request that creates a customer.
   *
   * @throws PermanentFailureException if the lead lacks fields that createcustomer requires; the
   *     text names them
   */
  public SolarProofCustomer create(Event event) {
    Lead lead = lead(event);
    String type = Objects.requireNonNullElse(type(lead), TYPES.get("residential"));
    SolarProofCustomer customer =
        customer(lead, lead.wholeName()).owner(lead.owner()).type(type).build();
    requireAll(customer);
    return customer;
  }

  /**
   * The request that updates a known customer with the fields of the event.
   *
   * @param customerId Solar Proof's id, a number
   */
  public SolarProofCustomer update(Event event, String customerId) {
    Lead lead = lead(event);
    return customer(lead, lead.personName()).id(Long.valueOf(customerId)).type(type(lead)).build();
  }

  private static SolarProofCustomer.Builder customer(Lead lead, PersonName name) {
    String phone = lead.phone();
    String mobile = lead.mobile();
    Optional<Lead.Company> company = Optional.ofNullable(lead.company());
    SolarProofCustomer.Builder customer =
        SolarProofCustomer.builder()
            .firstName(name.first())
            .surname(name.last())
            .email(lead.email())
            .phone1(phone == null ? mobile : phone)
            .phone2(phone == null ? null : mobile);
    company.map(Lead.Company::name).ifPresent(customer::companyName);
    company.map(Lead.Company::phone).ifPresent(customer::companyPhone);
    company
        .map(Lead.Company::gstRegistered)
        .ifPresent(registered -> customer.gstStatus(registered ? 1 : 0));
    return customer;
  }

  private static void requireAll(SolarProofCustomer customer) {
    Map<String, String> required = new LinkedHashMap<>();
    required.put("firstName", customer.firstName());
    required.put("lastName", customer.surname());
    required.put("email", customer.email());
    required.put("phone or mobile", customer.phone1());
    required.values().removeIf(Objects::nonNull);
    if (!required.isEmpty()) {
      throw new PermanentFailureException(
          "To create a customer Solar Proof requires " + String.join(", ", required.keySet()));
    }
  }

  private static String type(Lead lead) {
    String kind = lead.kind();
    if (kind != null && !TYPES.containsKey(kind)) {
      throw new PermanentFailureException("kind must be residential, commercial or large-scale");
    }
    return kind == null ? null : TYPES.get(kind);
  }

  private static Lead lead(Event event) {
    return EventData.read(event, Lead.class);
  }
}
