/** Settings that stand in files, such as those of a mounted Secret, and may change meanwhile. */
package org.solarrelay.config;
