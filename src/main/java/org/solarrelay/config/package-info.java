/** The relay's settings, and their changes at run time: mounted Secrets, destinations.yaml. */
package org.solarrelay.config;
