/**
 * The route files while the program runs: loaded, watched, and swapped when they change.
 *
 * <p>Whoever enters a {@code direct:} endpoint is served, to its end, by the routes that were in
 * force when it entered ({@link org.solarrelay.routes.RouteTable}). So a swap needs no pause: new
 * routes are started beside the old ones, the table is exchanged, and the old ones are removed when
 * the last message in them has left. docs/decisions/0004-reload.md says why.
 */
package org.solarrelay.routes;
