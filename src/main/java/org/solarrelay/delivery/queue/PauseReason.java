package org.solarrelay.delivery.queue;

import java.time.OffsetDateTime;

/**
 * Why a destination's deliveries wait.
 *
 * @param reason for people; of an operator's pause null where none was given
 * @param by the operator who paused it, null where it is the destination itself
 */
public record PauseReason(String reason, OffsetDateTime since, String by) {}
