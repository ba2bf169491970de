/** The record of who did what: actions of operators, and changes of route files. */
package org.solarrelay.activity;
