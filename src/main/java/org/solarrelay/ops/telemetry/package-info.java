/** What operators see of the running program, as far as several stages say it alike. */
package org.solarrelay.ops.telemetry;
