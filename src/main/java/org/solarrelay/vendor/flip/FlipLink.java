package org.solarrelay.vendor.flip;

/**
 * Which enrollment an event is about.
 *
 * @param enrollmentId a UUID
 * @param from how that is known, for people
 */
public record FlipLink(String enrollmentId, String from) {}
