/** Erases a person from the database. */
package org.solarrelay.erasure;
