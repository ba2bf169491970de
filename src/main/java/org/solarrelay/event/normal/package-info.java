/**
 * Normalises the values of events. Each class normalises one kind of field; it is a function of
 * text. {@link org.solarrelay.event.normal.EventNormalizer} applies them to an event's data
 * wherever an event is made or read, so that destinations, identity and echoes see the same values.
 */
package org.solarrelay.event.normal;
