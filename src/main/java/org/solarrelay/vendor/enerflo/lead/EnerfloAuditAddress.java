package org.solarrelay.vendor.enerflo.lead;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;
import org.solarrelay.event.Lead;

/**
 * An address in a request to Enerflo's Schedule Audit, in parts. An address in one line is sent as
 * the street; Enerflo looks it up on the map and splits it (Enerflo, Leads API).
 */
record EnerfloAuditAddress(
    String street,
    String unit,
    String city,
    String state,
    String zip,
    String county,
    BigDecimal lat,
    BigDecimal lng) {

  private static final EnerfloAuditAddress NONE = of(Lead.Address.builder().build());

  static EnerfloAuditAddress of(Lead.Address address) {
    if (address == null) {
      return NONE;
    }
    EnerfloAddress parts = EnerfloAddress.of(address);
    boolean oneLine = address.full() != null;
    return new EnerfloAuditAddress(
        oneLine ? address.full() : address.street(),
        oneLine ? null : address.unit(),
        parts.city(),
        parts.state(),
        parts.zip(),
        oneLine ? null : address.county(),
        address.lat(),
        address.lng());
  }

  /** Whether the address has none of the parts that Enerflo requires. */
  boolean isEmpty() {
    return Stream.of(street, city, state, zip).allMatch(Objects::isNull);
  }
}
