/** The versions of route files that were in force, and reverts to one of them. */
package org.solarrelay.routes.history;
