/** Finds records and events by what a person knows of them: any id, an e-mail address, a name. */
package org.solarrelay.search;
