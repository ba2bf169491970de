package org.solarrelay.vendor.flip;

/**
 * The enrollment that an event is about.
 *
 * @param enrollmentId a UUID
 * @param from how the relay learnt the id, as operators read it: "Flip's response"
 */
public record FlipLink(String enrollmentId, String from) {}
