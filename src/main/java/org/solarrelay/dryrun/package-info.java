/**
 * Dry runs: a message passes the real routes, kamelets and mappers in an isolated Camel context; no
 * call leaves the context. Route specs and previews are dry runs.
 */
package org.solarrelay.dryrun;
