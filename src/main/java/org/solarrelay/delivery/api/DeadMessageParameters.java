package org.solarrelay.delivery.api;

import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.queue.DeadLetterReplay;

/**
 * The query parameters that select dead messages, to list and to replay them.
 *
 * @param stage where it failed: translate, fan-out or the id of a route that begins at a topic
 * @param source of the webhook; of what else failed, its topic
 * @param reason text that the message's reason contains
 * @param since ISO 8601 with offset: first sent then or later
 * @param until likewise: first sent before
 */
public record DeadMessageParameters(
    @RestQuery String stage,
    @RestQuery String source,
    @RestQuery String reason,
    @RestQuery String since,
    @RestQuery String until) {

  /** A stage, or the id of a route; that route may be gone since. */
  private static final Pattern STAGE =
      Pattern.compile("(?!(intake|deliver)$)[a-z0-9]+(-[a-z0-9]+)*");

  DeadLetterReplay.Filter filter() {
    if (stage != null && !STAGE.matcher(stage).matches()) {
      throw QueryParameters.invalid("stage", "translate, fan-out or the id of a route");
    }
    OffsetDateTime begin = QueryParameters.time("since", since);
    return DeadLetterReplay.Filter.all()
        .stage(stage)
        .source(source)
        .reason(QueryParameters.reason(reason))
        .since(begin)
        .until(QueryParameters.until(until, begin));
  }
}
