package org.solarrelay.console;

import java.util.List;

/**
 * A destination on the page Now.
 *
 * @param view the destination's state
 * @param figures what happened there within the last hour
 */
public record DestinationTile(DestinationView view, DestinationFigures figures) {

  /** The rows of the table beside the plot. */
  public List<IntervalView> rows() {
    return IntervalView.of(figures.minutes());
  }
}
