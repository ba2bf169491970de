/** Metrics, traces and log fields that several stages share. */
package org.solarrelay.ops.telemetry;
