/**
 * The component {@code delivery:}. Its consumer sends due deliveries into the route of their
 * destination and records each outcome; its producer adds a destination to an event in fan-out.
 */
package org.solarrelay.delivery;
