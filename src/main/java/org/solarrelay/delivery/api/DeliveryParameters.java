package org.solarrelay.delivery.api;

import java.time.OffsetDateTime;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.queue.DeliveryFilter;

/**
 * The query parameters that select deliveries, to list and to replay them.
 *
 * @param subject the record's id in the event's source
 * @param type of the event
 * @param reason text that the delivery's reason contains
 * @param status HTTP status of the last attempt
 * @param since ISO 8601 with offset: created then or later
 * @param until likewise: created before
 */
public record DeliveryParameters(
    @RestQuery String state,
    @RestQuery String destination,
    @RestQuery String subject,
    @RestQuery String type,
    @RestQuery String reason,
    @RestQuery String status,
    @RestQuery String since,
    @RestQuery String until) {

  DeliveryFilter filter() {
    OffsetDateTime begin = QueryParameters.time("since", since);
    return DeliveryFilter.all()
        .state(QueryParameters.state(state))
        .destination(destination)
        .subject(subject)
        .type(type)
        .reason(QueryParameters.reason(reason))
        .status(QueryParameters.status(status))
        .since(begin)
        .until(QueryParameters.until(until, begin));
  }

  /** The same with another state where none is given. */
  DeliveryParameters orState(String usual) {
    return new DeliveryParameters(
        state == null ? usual : state, destination, subject, type, reason, status, since, until);
  }
}
