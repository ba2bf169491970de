package org.solarrelay.delivery.queue;

import java.time.OffsetDateTime;

/**
 * Why a destination is paused.
 *
 * @param reason in words; null where an operator gave none
 * @param by the operator who paused it; null where the circuit breaker did
 */
public record PauseReason(String reason, OffsetDateTime since, String by) {}
