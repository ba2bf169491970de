package org.solarrelay.config;

/**
 * The destinations of {@link ReloadableConfig} have changed. Fired as a CDI event, twice.
 *
 * @param routesInForce false while the routes of before are in force: a destination that is off or
 *     gone takes nothing more. True once the routes use the settings that are new
 */
public record DestinationsChangedEvent(boolean routesInForce) {}
