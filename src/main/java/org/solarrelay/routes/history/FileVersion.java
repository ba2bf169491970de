package org.solarrelay.routes.history;

import java.time.OffsetDateTime;

/**
 * A version of a route file that is or was in force.
 *
 * @param number unique among the versions of all files, ascending
 * @param path within the folder of routes
 * @param inForceAt when the first pod loaded it
 */
public record FileVersion(long number, String path, String text, OffsetDateTime inForceAt) {}
