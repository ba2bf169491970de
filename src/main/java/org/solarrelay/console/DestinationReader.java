package org.solarrelay.console;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.solarrelay.delivery.DeliveryWorkers;
import org.solarrelay.delivery.api.DestinationStates;
import org.solarrelay.delivery.queue.DestinationHistory;
import org.solarrelay.delivery.queue.DestinationHistory.Interval;

/** Reads what pages show about destinations: their states, and what happened there. */
@Singleton
class DestinationReader {

  private final DestinationStates states;
  private final DeliveryWorkers workers;
  private final DestinationHistory history;

  DestinationReader(DestinationStates states, DeliveryWorkers workers, DestinationHistory history) {
    this.states = states;
    this.workers = workers;
    this.history = history;
  }

  List<DestinationView> all() throws SQLException {
    List<DestinationView> views = new ArrayList<>();
    for (DestinationStates.State state : states.all()) {
      views.add(view(state));
    }
    return views;
  }

  /**
   * Reads one destination.
   *
   * @throws org.solarrelay.ops.access.ApiProblem 404 where there is none with this name
   */
  DestinationView of(String name) throws SQLException {
    return view(states.of(name));
  }

  private DestinationView view(DestinationStates.State state) throws SQLException {
    return new DestinationView(state, workers.rateLimitUse(state.name()));
  }

  /** Adds the figures of the last hour to each destination. */
  List<DestinationTile> tiles(List<DestinationView> views) throws SQLException {
    PlotSlots slots = PlotRange.HOUR.slots(OffsetDateTime.now());
    Map<String, List<Interval>> minutes = history.minutes(slots.since(), slots.until());
    Map<String, Interval> hours = history.whole(slots.since(), slots.until());
    return views.stream()
        .map(
            view ->
                new DestinationTile(
                    view,
                    new DestinationFigures(
                        slots,
                        minutes.getOrDefault(view.name(), List.of()),
                        Optional.ofNullable(hours.get(view.name())))))
        .toList();
  }

  /** The figures of the last hour of one destination. */
  DestinationFigures lastHour(DestinationView view) throws SQLException {
    return tiles(List.of(view)).get(0).figures();
  }

  DestinationPlots plots(String name, PlotRange range) throws SQLException {
    PlotSlots slots = range.slots(OffsetDateTime.now());
    return new DestinationPlots(
        range, slots, history.of(name, slots.step(), slots.since(), slots.until()));
  }

  /** What is left of the error budget: of all destinations together, then of each. */
  List<ObjectiveView> objectives() throws SQLException {
    List<DestinationHistory.DestinationBudget> budgets = history.budgets();
    List<ObjectiveView> all = new ArrayList<>(List.of(ObjectiveView.ofAll(budgets)));
    budgets.stream().map(ObjectiveView::of).forEach(all::add);
    return all;
  }
}
