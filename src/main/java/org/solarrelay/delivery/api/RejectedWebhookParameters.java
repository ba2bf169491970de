package org.solarrelay.delivery.api;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.intake.RejectedWebhookRepository;
import org.solarrelay.intake.RejectionReason;

/**
 * Query parameters that select rejected webhooks.
 *
 * @param source the source in the path; {@code unknown} where it names none
 * @param reason the label of a {@link RejectionReason}
 * @param since ISO 8601 with offset; at this time or later
 * @param until ISO 8601 with offset; before this time
 */
public record RejectedWebhookParameters(
    @RestQuery String source,
    @RestQuery String reason,
    @RestQuery String since,
    @RestQuery String until) {

  private static final String REASONS =
      Arrays.stream(RejectionReason.values())
          .map(RejectionReason::label)
          .sorted()
          .collect(Collectors.joining(", "));

  /**
   * Returns the filter.
   *
   * @throws org.solarrelay.ops.access.ApiProblem 400 that names an invalid parameter
   */
  RejectedWebhookRepository.Filter filter() {
    Optional<RejectionReason> parsed = Optional.ofNullable(reason).flatMap(RejectionReason::of);
    if (reason != null && parsed.isEmpty()) {
      throw QueryParameters.invalid("reason", "one of " + REASONS);
    }
    Optional<OffsetDateTime> begin = Optional.ofNullable(QueryParameters.time("since", since));
    return new RejectedWebhookRepository.Filter(
        Optional.ofNullable(source),
        parsed,
        begin,
        Optional.ofNullable(QueryParameters.until(until, begin.orElse(null))));
  }
}
