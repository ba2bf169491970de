package org.solarrelay.vendor.enerflo.lead;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How leads go to Enerflo.
 *
 * @param plainRecordIdSources sources whose record ids Enerflo already knows as they are
 * @param region two-letter country of phone numbers that name none
 * @param creator e-mail address of the Enerflo user to name where an event names no creator
 * @param dealTypeWhenSigned the deal template for leads that are signed or qualified without naming
 *     one
 */
@Singleton
public record EnerfloSettings(
    List<String> plainRecordIdSources,
    String region,
    Optional<String> creator,
    OptionalInt dealTypeWhenSigned) {

  @Inject
  public EnerfloSettings(
      @ConfigProperty(name = "relay.enerflo.plain-record-id-sources")
          List<String> plainRecordIdSources,
      @ConfigProperty(name = "relay.enerflo.region") String region,
      @ConfigProperty(name = "relay.enerflo.creator") Optional<String> creator,
      @ConfigProperty(name = "relay.enerflo.deal-type-when-signed")
          OptionalInt dealTypeWhenSigned) {
    this.plainRecordIdSources = plainRecordIdSources;
    this.region = region;
    this.creator = creator;
    this.dealTypeWhenSigned = dealTypeWhenSigned;
  }

  EnerfloRecordId recordId() {
    return new EnerfloRecordId(plainRecordIdSources);
  }
}
