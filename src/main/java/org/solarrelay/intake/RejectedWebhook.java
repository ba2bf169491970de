package org.solarrelay.intake;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A webhook that intake has rejected, without its body and its token.
 *
 * @param source {@code unknown} where the path names no source
 * @param sender the address that the connection came from
 * @param size of the body in bytes, if it is known
 * @param mediaType as sent
 * @param unlisted how many further ones of the source and the reason followed that are only counted
 */
record RejectedWebhook(
    OffsetDateTime at,
    String source,
    RejectionReason reason,
    Optional<String> sender,
    OptionalLong size,
    Optional<String> mediaType,
    long unlisted) {

  RejectedWebhook unlisted(long number) {
    return new RejectedWebhook(at, source, reason, sender, size, mediaType, number);
  }
}
