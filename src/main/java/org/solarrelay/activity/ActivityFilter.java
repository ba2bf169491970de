package org.solarrelay.activity;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Selects activities that meet all criteria; an empty criterion selects all.
 *
 * @param since at this time or later
 * @param until before this time
 * @param who the name, in upper or lower case
 */
public record ActivityFilter(
    Optional<OffsetDateTime> since,
    Optional<OffsetDateTime> until,
    Optional<String> who,
    Optional<ActivityAction> action) {}
