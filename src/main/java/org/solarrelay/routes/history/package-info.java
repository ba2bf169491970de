/** Versions of route files that were in force, and reverts to them. */
package org.solarrelay.routes.history;
