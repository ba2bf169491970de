/** Finds records and events by an id, an e-mail address, a phone number or a name. */
package org.solarrelay.search;
