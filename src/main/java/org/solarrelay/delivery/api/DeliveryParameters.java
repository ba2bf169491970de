package org.solarrelay.delivery.api;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.queue.DeliveryFilter;
import org.solarrelay.delivery.queue.DeliveryState;

/**
 * Query parameters that select deliveries, for the list and the replay.
 *
 * @param subject the record's id in the event's source
 * @param type the event's type
 * @param reason a text within the delivery's reason
 * @param status the HTTP status of the last attempt
 * @param fingerprint of a group of dead letters; selects the group's dead deliveries
 * @param since ISO 8601 with offset; the delivery was created at this time or later
 * @param until ISO 8601 with offset; the delivery was created before this time
 */
public record DeliveryParameters(
    @RestQuery String state,
    @RestQuery String destination,
    @RestQuery String subject,
    @RestQuery String type,
    @RestQuery String reason,
    @RestQuery String status,
    @RestQuery String fingerprint,
    @RestQuery String since,
    @RestQuery String until) {

  /**
   * Returns the filter.
   *
   * @throws org.solarrelay.ops.access.ApiProblem 400 that names an invalid parameter
   */
  public DeliveryFilter filter() {
    OffsetDateTime begin = QueryParameters.time("since", since);
    return QueryParameters.state(state)
        .map(DeliveryFilter.all()::state)
        .orElse(DeliveryFilter.all())
        .destination(destination)
        .subject(subject)
        .type(type)
        .reason(QueryParameters.reason(reason))
        .status(QueryParameters.status(status))
        .fingerprint(fingerprint)
        .since(begin)
        .until(QueryParameters.until(until, begin));
  }

  /**
   * Returns the parameters in words for the record of a replay. A subject and a reason may name a
   * person, so their values are left out.
   */
  String words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("state", state);
    words.put("destination", destination);
    words.put("type", type);
    words.put("subject", hidden(subject));
    words.put("reason", hidden(reason));
    words.put("status", status);
    words.put("fingerprint", fingerprint);
    words.put("since", since);
    words.put("until", until);
    return QueryParameters.words(words);
  }

  private static String hidden(String text) {
    return text == null ? null : "…";
  }

  /** Returns the parameters with a default state, where none was given. */
  DeliveryParameters orState(DeliveryState fallback) {
    return new DeliveryParameters(
        state == null ? fallback.text() : state,
        destination,
        subject,
        type,
        reason,
        status,
        fingerprint,
        since,
        until);
  }
}
