package org.solarrelay.topic;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.util.ObjectHelper;
import org.jboss.logging.Logger;
import org.solarrelay.database.SqlFailure;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Translation;
import org.solarrelay.routes.FailedStep;
import org.solarrelay.routes.RouteIds;

/** What a translate or fan-out route ended with. */
final class FromRoute {

  private static final Logger LOG = Logger.getLogger(FromRoute.class);

  /** Why a message is dead that no route came to. */
  static final String UNPROCESSABLE =
      "the relay cannot process it: one of its values is in no form that the relay knows";

  private static final int LONGEST_REASON = 1000;

  private static final Map<Class<?>, String> EXPECTED =
      Map.of(Translation.class, "a translation", String.class, "a list of destinations");

  private FromRoute() {}

  /**
   * The message's body.
   *
   * @throws InvalidMessageException where the route failed or ended with something else: such a
   *     message is a dead letter, to be replayed once the route is mended
   */
  static <T> T result(Exchange exchange, Class<T> type) {
    Exception failure = exchange.getException();
    if (failure instanceof InvalidMessageException invalid) {
      throw new InvalidMessageException(shortened(invalid.getMessage()));
    }
    if (failure instanceof DirectConsumerNotAvailableException) {
      throw new InvalidMessageException(
          "there is no route from %s".formatted(exchange.getProperty(Exchange.TO_ENDPOINT)));
    }
    if (failure != null) {
      if (isAway(exchange, failure)) {
        throw new StageUnavailableException(
            "the route %s waits".formatted(route(exchange)), failure);
      }
      // the text of a stranger's exception may quote the message, which may hold personal data
      LOG.debug("A route failed", failure);
      throw new InvalidMessageException(reason(exchange, failure));
    }
    T body = exchange.getMessage().getBody(type);
    if (body == null) {
      throw new InvalidMessageException(
          "the route %s ended without %s".formatted(route(exchange), EXPECTED.get(type)));
    }
    return body;
  }

  /**
   * A route that needs the database while it is away, or that is called while the program stops.
   */
  private static boolean isAway(Exchange exchange, Throwable failure) {
    boolean database =
        ObjectHelper.getException(SQLException.class, failure) != null
            && SqlFailure.of(failure) == SqlFailure.AWAY;
    boolean stopping =
        ObjectHelper.getException(RejectedExecutionException.class, failure) != null
            && exchange.getContext().getStatus().isStopping();
    return database || stopping;
  }

  private static String reason(Exchange exchange, Throwable failure) {
    String where = FailedStep.of(exchange).map(step -> " in " + step.text()).orElse("");
    return "the route %s failed%s: %s".formatted(route(exchange), where, FailedStep.kind(failure));
  }

  private static String route(Exchange exchange) {
    return RouteIds.plain(String.valueOf(exchange.getFromRouteId()));
  }

  /** A route may quote a field of any length, and a dead letter is only so much larger. */
  private static String shortened(String reason) {
    String text = String.valueOf(reason);
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }
}
