package org.solarrelay.event.normal;

/** A person's name in two parts; either may be null. */
public record PersonName(String first, String last) {}
