package org.solarrelay.routes.history;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * An operator's revert of a route file to an earlier version.
 *
 * @param path within the folder of routes
 * @param written whether the text was written into the folder; otherwise pods use it instead of the
 *     file in the folder
 * @param replaces the file's text before the revert; empty if the file was deleted
 * @param text of the earlier version
 * @param by the operator
 */
public record FileRevert(
    String path,
    boolean written,
    Optional<String> replaces,
    String text,
    String by,
    OffsetDateTime at) {}
