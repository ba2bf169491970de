package org.solarrelay.flip;

/**
 * What an event asks of an enrollment.
 *
 * @param enrollmentId a UUID
 * @param reasonGiven whether the event itself gives the reason in {@code update}
 * @param forbidden whether the operator would have to allow this
 */
public record FlipChange(
    String enrollmentId, FlipUpdate update, boolean reasonGiven, boolean forbidden) {}
