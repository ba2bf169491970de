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

/** Reads the result of a route that processed a message. Reasons contain nothing of the message. */
public final class RouteResult {

  private static final Logger LOG = Logger.getLogger(RouteResult.class);

  private static final String UNPROCESSABLE =
      "the relay cannot process it: one of its values has an unknown format";

  private static final int LONGEST_REASON = 1000;

  private static final Map<Class<?>, String> EXPECTED =
      Map.of(Event.class, "the event as its body");

  private RouteResult() {}

  /**
   * Returns the body after a route.
   *
   * @throws InvalidMessageException where the route failed or left a body of another type
   * @throws StageUnavailableException where PostgreSQL is unavailable or the program stops
   */
  public static <T> T of(Exchange exchange, Class<T> type) {
    return body(exchange, type, requireSuccess(exchange));
  }

  /**
   * Returns the events that a translate route has made of a webhook.
   *
   * @throws InvalidMessageException where the route failed or left no events; the message says what
   *     to change
   * @throws StageUnavailableException where PostgreSQL is unavailable or the program stops
   */
  public static Translation translation(Exchange exchange, Webhook webhook) {
    return translation(exchange, webhook, requireSuccess(exchange));
  }

  /**
   * Throws where the route failed.
   *
   * @throws InvalidMessageException where the route failed
   * @throws StageUnavailableException where PostgreSQL is unavailable or the program stops
   */
  public static void requirePassed(Exchange exchange) {
    requireSuccess(exchange);
  }

  /** Returns the id of the route, after a check that it has not failed. */
  private static String requireSuccess(Exchange exchange) {
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
   * Reads the events from the body that a translate route left.
   *
   * @throws InvalidMessageException where it left none; the message says what to change
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
   * Returns the body that a route left.
   *
   * @throws InvalidMessageException where it has another type
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
   * Runs a parser.
   *
   * @throws InvalidMessageException where it fails, even by a fault of the program, because the
   *     same message would fail again
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

  /** Whether an exchange failed because PostgreSQL is unavailable or the program stops. */
  static boolean isAway(Exchange exchange, Exception failure) {
    boolean database =
        ObjectHelper.getException(SQLException.class, failure) != null
            && SqlFailure.of(failure) == SqlFailure.AWAY;
    boolean stopping =
        ObjectHelper.getException(RejectedExecutionException.class, failure) != null
            && exchange.getContext().getStatus().isStopping();
    return database || stopping;
  }

  /** Returns why an exchange failed, as a sentence. */
  static String reason(Exchange exchange, Exception failure) {
    InvalidMessageException invalid =
        ObjectHelper.getException(InvalidMessageException.class, failure);
    if (invalid != null) {
      return shortened(invalid.getMessage());
    }
    if (failure instanceof DirectConsumerNotAvailableException) {
      return "there is no route from %s".formatted(exchange.getProperty(Exchange.TO_ENDPOINT));
    }
    // the text of a foreign exception may quote the message, and with it personal data
    LOG.debug("A route failed", failure);
    String route =
        FailedStep.calledRoute(exchange, failure)
            .orElse(RouteIds.plain(String.valueOf(exchange.getFromRouteId())));
    String where = FailedStep.of(exchange, failure).map(step -> " in " + step.text()).orElse("");
    return "the route %s failed%s: %s".formatted(route, where, FailedStep.kind(failure));
  }

  /**
   * Cuts a reason, because a route may quote a field of any length and a dead letter has limited
   * room.
   */
  private static String shortened(String reason) {
    String text = String.valueOf(reason);
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }
}
