package org.solarrelay.routes;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a file of the folder of routes stands. */
enum FileState {
  /** In force as it is in the folder. */
  @JsonProperty("ok")
  OK,

  /** Not in force as it is in the folder: the last version that was fine goes on. */
  @JsonProperty("rejected")
  REJECTED,

  /** Saved or removed, and not checked to the end. */
  @JsonProperty("checking")
  CHECKING
}
