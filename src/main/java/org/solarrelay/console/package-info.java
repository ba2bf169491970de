/**
 * The console: pages for people who look for a message, or have to act. Each page is a resource
 * with a template in {@code templates/console}. {@code ops.access} admits its users.
 */
package org.solarrelay.console;
