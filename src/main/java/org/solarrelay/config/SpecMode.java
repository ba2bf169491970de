package org.solarrelay.config;

/** What a reload does where a spec of a changed route fails ({@code RELAY_RELOAD_SPECS}). */
public enum SpecMode {
  /** The change is rejected; the version before it stays in force. */
  REJECT,
  /** The change is taken and reported. */
  WARN,
  /** Specs are not run. */
  OFF
}
