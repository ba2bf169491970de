/**
 * Normalises the values of events: one class for each kind of field, each a function of text.
 * {@link org.solarrelay.event.normal.EventNormalizer} applies them to an event's data wherever an
 * event is made or read, so that destinations, identity and echoes see the same values.
 */
package org.solarrelay.event.normal;
