package org.solarrelay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.delivery.queue.DestinationHistory.Backlog;
import org.solarrelay.delivery.queue.DestinationHistory.DestinationBudget;
import org.solarrelay.delivery.queue.DestinationHistory.ErrorBudget;
import org.solarrelay.delivery.queue.DestinationHistory.Interval;
import org.solarrelay.delivery.queue.DestinationHistory.Latency;
import org.solarrelay.delivery.queue.DestinationHistory.Outcomes;

/** The figures and plots of a destination, drawn from known intervals. */
class DestinationFiguresTest {

  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-21T05:30:20+02:00");
  private static final PlotSlots HOUR = PlotRange.HOUR.slots(NOW);

  @Test
  void anHourEndsWithTheLastWholeMinuteAndOtherRangesWithThePresentHour() {
    assertThat(HOUR.since()).isEqualTo("2026-11-21T02:30:00Z");
    assertThat(HOUR.until()).isEqualTo("2026-11-21T03:30:00Z");
    assertThat(PlotRange.DAY.slots(NOW).since()).isEqualTo("2026-11-20T04:00:00Z");
    assertThat(PlotRange.WEEK.slots(NOW).until()).isEqualTo("2026-11-21T04:00:00Z");
    assertThat(PlotRange.of("")).isEqualTo(PlotRange.HOUR);
    assertThatThrownBy(() -> PlotRange.of("year")).hasMessageContaining("hour, day, week");
  }

  @Test
  void deliveriesStandAboveTheLineAndFailuresBelow() {
    BarPlot plot = BarPlot.of(HOUR, List.of(interval(0, 30, 10), interval(59, 15, 0)));

    assertThat(plot.width()).isEqualTo(600);
    assertThat(plot.top()).isEqualTo(30);
    assertThat(plot.bottom()).isEqualTo(10);
    assertThat(plot.bars())
        .filteredOn(bar -> !bar.style().equals("known"))
        .extracting(bar -> "%s %d %s+%s".formatted(bar.style(), bar.x(), bar.y(), bar.height()))
        .containsExactly("delivered 1 0.0+75.0", "failed 1 75.0+25.0", "delivered 591 37.5+37.5");
  }

  @Test
  void aKnownMinuteWithoutDeliveriesDiffersFromAnUnknownOne() {
    assertThat(BarPlot.of(HOUR, List.of()).isEmpty()).isTrue();
    assertThat(BarPlot.of(HOUR, List.of(interval(3, 0, 0))).bars())
        .extracting(BarPlot.Bar::style)
        .containsExactly("known");
  }

  @Test
  void aLineHasAGapWhereNoLatencyIsKnown() {
    LinePlot plot =
        LinePlot.of(
            HOUR,
            List.of(
                timed(0, 500L, 1000L), timed(1, 250L, 500L), interval(2, 0, 0), timed(3, 0L, 0L)));

    assertThat(plot.top()).isEqualTo(1000);
    assertThat(plot.p50()).containsExactly("5,50.0 15,73.5", "35,97.0 35,97.0");
    assertThat(plot.p95()).containsExactly("5,3.0 15,50.0", "35,97.0 35,97.0");
    assertThat(LinePlot.of(HOUR, List.of(interval(2, 0, 0))).isEmpty()).isTrue();
  }

  @Test
  void theRateIsThatOfTheLastFiveMinutes() {
    DestinationFigures figures =
        figures(interval(10, 600, 0), interval(55, 6, 0), interval(59, 9, 0));

    assertThat(figures.rate()).isEqualTo("7.5 in a minute");
    assertThat(figures.draining(0)).isEqualTo("Nothing waits.");
    assertThat(figures.draining(31)).contains("about 5 min at the present rate");
  }

  @Test
  void whatIsUnknownIsSaid() {
    assertThat(figures(interval(10, 600, 0)).rate()).isEqualTo("unknown");
    assertThat(figures(interval(59, 0, 0)).draining(3)).contains("unknown");
    assertThat(figures().p50()).isEqualTo("unknown");
    IntervalView row = new IntervalView(interval(1, 0, 0));
    assertThat(List.of(row.p50(), row.p95(), row.waiting(), row.oldest())).containsOnly("unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "999, 999 ms",
    "1000, 1.0 s",
    "9940, 9.9 s",
    "59000, 59 s",
    "185000, 3 min"
  })
  void aLatencyIsReadable(long millis, String text) {
    assertThat(ConsoleTimes.milliseconds(millis)).isEqualTo(text);
  }

  @Test
  void theErrorBudgetIsRoundedDown() {
    assertThat(objective(100_000, 0)).isEqualTo("good 100 %");
    assertThat(objective(100_000, 1)).isEqualTo("good 99 %");
    assertThat(objective(10_000, 9)).isEqualTo("warn 9 %");
    assertThat(objective(10_000, 10)).isEqualTo("bad 0 %");
    assertThat(objective(10_000, 25)).isEqualTo("bad -150 %");
    assertThat(objective(0, 0)).isEqualTo("off unknown");
    ObjectiveView all =
        ObjectiveView.ofAll(
            List.of(
                new DestinationBudget("crm", new ErrorBudget(4000, 1), NOW),
                new DestinationBudget("flip", new ErrorBudget(6000, 2), NOW.minusDays(1))));
    assertThat(all.left()).isEqualTo("70 %");
    assertThat(all.begin()).isEqualTo(NOW.minusDays(1));
  }

  private static String objective(long counted, long late) {
    ObjectiveView view =
        ObjectiveView.of(new DestinationBudget("crm", new ErrorBudget(counted, late), NOW));
    return view.style() + " " + view.left();
  }

  private static DestinationFigures figures(Interval... minutes) {
    return new DestinationFigures(HOUR, List.of(minutes), Optional.empty());
  }

  private static Interval interval(int minute, long delivered, long failed) {
    return interval(minute, new Outcomes(delivered, failed, 0, 0), new Latency(null, null));
  }

  private static Interval timed(int minute, Long p50, Long p95) {
    return interval(minute, new Outcomes(1, 0, 0, 0), new Latency(p50, p95));
  }

  private static Interval interval(int minute, Outcomes outcomes, Latency latency) {
    return new Interval(
        HOUR.since().plusMinutes(minute),
        "crm",
        1,
        outcomes,
        latency,
        new Backlog(null, null),
        ErrorBudget.NONE);
  }
}
