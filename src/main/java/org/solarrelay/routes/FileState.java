package org.solarrelay.routes;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The state of a file in the folder of routes. */
public enum FileState {
  /** The folder's version is in force. */
  @JsonProperty("ok")
  OK,

  /** The folder's version is rejected; the last accepted version stays in force. */
  @JsonProperty("rejected")
  REJECTED,

  /** Saved or removed, and the check has not ended. */
  @JsonProperty("checking")
  CHECKING
}
