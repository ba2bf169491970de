/**
 * The Camel component {@code delivery:}. Its consumer sends due deliveries to the route of their
 * destination and records each outcome. Its producer adds a destination to an event in fan-out.
 */
package org.solarrelay.delivery;
