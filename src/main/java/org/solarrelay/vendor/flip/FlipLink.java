package org.solarrelay.vendor.flip;

/**
 * The enrollment that an event is about.
 *
 * @param enrollmentId a UUID
 * @param from the source of the id, for people: "Flip's response"
 */
public record FlipLink(String enrollmentId, String from) {}
