package org.solarrelay.delivery.api;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityFilter;

/**
 * Query parameters that select activities.
 *
 * @param since ISO 8601 with offset; at this time or later
 * @param until ISO 8601 with offset; before this time
 * @param who the name, in upper or lower case
 * @param action the text of an {@link ActivityAction}
 */
public record ActivityParameters(
    @RestQuery String since,
    @RestQuery String until,
    @RestQuery String who,
    @RestQuery String action) {

  private static final String ACTIONS =
      Arrays.stream(ActivityAction.values())
          .map(ActivityAction::text)
          .sorted()
          .collect(Collectors.joining(", "));

  /**
   * Returns the filter.
   *
   * @throws org.solarrelay.ops.access.ApiProblem 400 that names an invalid parameter
   */
  public ActivityFilter filter() {
    Optional<OffsetDateTime> begin = Optional.ofNullable(QueryParameters.time("since", since));
    return new ActivityFilter(
        begin,
        Optional.ofNullable(QueryParameters.until(until, begin.orElse(null))),
        Optional.ofNullable(who),
        parsedAction());
  }

  private Optional<ActivityAction> parsedAction() {
    Optional<ActivityAction> parsed = Optional.ofNullable(action).flatMap(ActivityAction::of);
    if (action != null && parsed.isEmpty()) {
      throw QueryParameters.invalid("action", "one of " + ACTIONS);
    }
    return parsed;
  }
}
