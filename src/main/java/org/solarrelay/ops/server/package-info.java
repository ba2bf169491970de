/** What the HTTP server holds against clients that take their time on purpose. */
package org.solarrelay.ops.server;
