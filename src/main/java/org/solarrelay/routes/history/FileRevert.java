package org.solarrelay.routes.history;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What an operator has put in the place of a route file.
 *
 * @param path within the folder of routes
 * @param written whether the text was written into the folder; where it could not be, pods use it
 *     in the place of what stands in the folder
 * @param replaces the file's text that it takes the place of; empty where the file was deleted
 * @param text of the version that was taken back
 * @param by who asked for it
 */
public record FileRevert(
    String path,
    boolean written,
    Optional<String> replaces,
    String text,
    String by,
    OffsetDateTime at) {}
