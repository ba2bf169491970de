/**
 * The route files while the program runs: loaded, watched, and swapped when they change.
 *
 * <p>A message that enters a {@code direct:} endpoint stays in the routes that were in force when
 * it entered ({@link org.solarrelay.routes.RouteTable}). So a swap needs no pause: new routes start
 * beside the old ones, the table is exchanged, and the old ones are removed after their last
 * message. docs/decisions/0004-reload.md has the reasons.
 */
package org.solarrelay.routes;
