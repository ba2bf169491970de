package org.solarrelay.event.normal;

/**
 * A state, territory or province.
 *
 * @param country code of two letters
 * @param code its usual abbreviation
 */
record FederalState(String country, String code) {}
