package org.solarrelay.config;

/**
 * CDI event: the destinations of {@link ReloadableConfig} have changed. Fired twice per change.
 *
 * @param routesInForce false before the routes are replaced: a destination that is off or removed
 *     gets no more calls. True once the routes use the new settings
 */
public record DestinationsChangedEvent(boolean routesInForce) {}
