package org.solarrelay.delivery.api;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.queue.DeadLetterReplay;

/**
 * Query parameters that select dead messages, for the list and the replay.
 *
 * @param stage the stage that failed: translate, fan-out or the id of a route from {@code topic:}
 * @param source the webhook's source; of other messages, their topic
 * @param reason a text within the message's reason
 * @param fingerprint of a group of dead letters; selects the group's messages
 * @param since ISO 8601 with offset; the message was first sent at this time or later
 * @param until ISO 8601 with offset; the message was first sent before this time
 */
public record DeadMessageParameters(
    @RestQuery String stage,
    @RestQuery String source,
    @RestQuery String reason,
    @RestQuery String fingerprint,
    @RestQuery String since,
    @RestQuery String until) {

  /** A stage, or the id of a route. The route may have been removed since. */
  private static final Pattern STAGE =
      Pattern.compile("(?!(intake|deliver)$)[a-z0-9]+(-[a-z0-9]+)*");

  /** Returns the parameters in words, as {@link DeliveryParameters#words} does. */
  String words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("stage", stage);
    words.put("source", source);
    words.put("reason", reason == null ? null : "…");
    words.put("fingerprint", fingerprint);
    words.put("since", since);
    words.put("until", until);
    return QueryParameters.words(words);
  }

  DeadLetterReplay.Filter filter() {
    if (stage != null && !STAGE.matcher(stage).matches()) {
      throw QueryParameters.invalid("stage", "translate, fan-out or the id of a route");
    }
    OffsetDateTime begin = QueryParameters.time("since", since);
    return DeadLetterReplay.Filter.all()
        .stage(stage)
        .source(source)
        .reason(QueryParameters.reason(reason))
        .fingerprint(fingerprint)
        .since(begin)
        .until(QueryParameters.until(until, begin));
  }
}
