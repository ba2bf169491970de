/** Guards of the HTTP server: deadlines, limits, strict parsing and error responses. */
package org.solarrelay.ops.server;
