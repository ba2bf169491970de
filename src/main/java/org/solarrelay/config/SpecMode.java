package org.solarrelay.config;

/** What a reload does if a spec of a changed route fails ({@code RELAY_RELOAD_SPECS}). */
public enum SpecMode {
  /** The change is rejected; the previous version stays in force. */
  REJECT,
  /** The change takes effect, and the failure is reported. */
  WARN,
  /** Specs are not run. */
  OFF
}
