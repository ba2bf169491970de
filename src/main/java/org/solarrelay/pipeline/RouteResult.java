package org.solarrelay.pipeline;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.util.ObjectHelper;
import org.jboss.logging.Logger;
import org.solarrelay.database.SqlFailure;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventDefaults;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.RouteEventReader;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.routes.FailedStep;
import org.solarrelay.routes.RouteIds;
import org.solarrelay.topic.StageUnavailableException;

/** What a route that reads a message ended with, in sentences without anything of the message. */
public final class RouteResult {

  private static final Logger LOG = Logger.getLogger(RouteResult.class);

  private static final String UNPROCESSABLE =
      "the relay cannot process it: one of its values is in no form that the relay knows";

  private static final int LONGEST_REASON = 1000;

  private static final Map<Class<?>, String> EXPECTED =
      Map.of(Event.class, "the event as its body");

  private RouteResult() {}

  /**
   * The body of an exchange that a route was called with.
   *
   * @throws InvalidMessageException where the route failed or ended with something else
   * @throws StageUnavailableException where what it needs is away
   */
  public static <T> T of(Exchange exchange, Class<T> type) {
    return body(exchange, type, passed(exchange));
  }

  /**
   * The events that a translate route has made of the webhook that it was called with.
   *
   * @throws InvalidMessageException where the route failed or made none, saying what to change
   * @throws StageUnavailableException where what it needs is away
   */
  public static Translation translation(Exchange exchange, Webhook webhook) {
    return translation(exchange, webhook, passed(exchange));
  }

  /**
   * Holds where an exchange has passed its route.
   *
   * @throws InvalidMessageException where the route failed
   * @throws StageUnavailableException where what it needs is away
   */
  public static void requirePassed(Exchange exchange) {
    passed(exchange);
  }

  /** The name of the route, which has not failed. */
  private static String passed(Exchange exchange) {
    Exception failure = exchange.getException();
    String route = RouteIds.plain(String.valueOf(exchange.getFromRouteId()));
    if (failure == null) {
      return route;
    }
    if (isAway(exchange, failure)) {
      throw new StageUnavailableException("the route %s waits".formatted(route), failure);
    }
    throw new InvalidMessageException(reason(exchange, failure));
  }

  /**
   * The events that a translate route left.
   *
   * @throws InvalidMessageException where it left none, saying what to change
   */
  static Translation translation(Exchange exchange, Webhook webhook, String route) {
    Object body = exchange.getMessage().getBody();
    try {
      return processable(() -> RouteEventReader.read(body, EventDefaults.ofWebhook(webhook)));
    } catch (InvalidMessageException e) {
      throw new InvalidMessageException("the route %s: %s".formatted(route, e.getMessage()));
    }
  }

  /**
   * The body that a route left.
   *
   * @throws InvalidMessageException where it is something else
   */
  static <T> T body(Exchange exchange, Class<T> type, String route) {
    T body = exchange.getMessage().getBody(type);
    if (body == null) {
      throw new InvalidMessageException(
          "the route %s ended without %s".formatted(route, EXPECTED.get(type)));
    }
    return body;
  }

  /**
   * What reading a message returns.
   *
   * @throws InvalidMessageException where it cannot be read, be it by a fault of the program: the
   *     same message would meet it again
   */
  static <T> T processable(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (InvalidMessageException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.debug("A message cannot be processed", e);
      throw new InvalidMessageException(UNPROCESSABLE);
    }
  }

  /** Whether a route needs the database while it is away, or is called while the program stops. */
  static boolean isAway(Exchange exchange, Exception failure) {
    boolean database =
        ObjectHelper.getException(SQLException.class, failure) != null
            && SqlFailure.of(failure) == SqlFailure.AWAY;
    boolean stopping =
        ObjectHelper.getException(RejectedExecutionException.class, failure) != null
            && exchange.getContext().getStatus().isStopping();
    return database || stopping;
  }

  /** Why an exchange failed. */
  static String reason(Exchange exchange, Exception failure) {
    InvalidMessageException invalid =
        ObjectHelper.getException(InvalidMessageException.class, failure);
    if (invalid != null) {
      return shortened(invalid.getMessage());
    }
    if (failure instanceof DirectConsumerNotAvailableException) {
      return "there is no route from %s".formatted(exchange.getProperty(Exchange.TO_ENDPOINT));
    }
    // the text of a stranger's exception may quote the message, which may hold personal data
    LOG.debug("A route failed", failure);
    String route =
        FailedStep.calledRoute(exchange, failure)
            .orElse(RouteIds.plain(String.valueOf(exchange.getFromRouteId())));
    String where = FailedStep.of(exchange, failure).map(step -> " in " + step.text()).orElse("");
    return "the route %s failed%s: %s".formatted(route, where, FailedStep.kind(failure));
  }

  /** A route may quote a field of any length, and a dead letter is only so much larger. */
  private static String shortened(String reason) {
    String text = String.valueOf(reason);
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }
}
