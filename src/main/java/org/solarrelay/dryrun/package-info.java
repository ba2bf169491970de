/**
 * Rehearsals: a message goes its real way through the real routes, kamelets and mappers, in a Camel
 * context of its own where nothing reaches the outside. Route specs and previews are made of them.
 */
package org.solarrelay.dryrun;
