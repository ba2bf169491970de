package org.solarrelay.vendor.enerflo.lead;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The settings of the delivery of leads to Enerflo.
 *
 * @param plainRecordIdSources sources whose ids are used unchanged as integration_record_id
 * @param region two-letter country of phone numbers without country code
 * @param creator e-mail address of the Enerflo user in whose name the relay sends an event without
 *     creator
 * @param dealTypeWhenSigned the deal template for signed and qualified leads that name none
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
