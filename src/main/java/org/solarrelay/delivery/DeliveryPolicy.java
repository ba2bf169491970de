package org.solarrelay.delivery;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.http.AttemptCalls;
import org.solarrelay.delivery.http.FailureCause;
import org.solarrelay.delivery.http.FailureClass;
import org.solarrelay.delivery.http.FailureText;
import org.solarrelay.delivery.http.ResponseSanitizer;
import org.solarrelay.delivery.http.VendorResponse;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DestinationHealth;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.identity.ExternalId;
import org.solarrelay.routes.FailedStep;

/**
 * Decides the result of an attempt, by the same rules for every destination:
 *
 * <ul>
 *   <li>A permanent failure is dead at once.
 *   <li>A transient failure is retried with back-off, until the retry budget is used up.
 *   <li>A rejected key pauses the destination; the delivery is retried.
 * </ul>
 */
@Singleton
class DeliveryPolicy {

  private static final int DOUBLINGS = 30;
  private static final int MAX_CAUSES = 20;
  private static final List<Class<?>> EXPLICIT_FAILURES =
      List.of(
          HttpOperationFailedException.class,
          PermanentFailureException.class,
          InvalidMessageException.class,
          CredentialsRejectedException.class,
          NotReadyException.class);

  private final RelayConfig.Delivery config;
  private final ResponseSanitizer sanitizer;

  DeliveryPolicy(RelayConfig config, ResponseSanitizer sanitizer) {
    this.config = config.delivery();
    this.sanitizer = sanitizer;
  }

  /**
   * Judges a delivery's exchange by its exception or, without one, by the {@link Outcome} in its
   * body. Any other body means delivered.
   */
  AttemptResult judge(Delivery delivery, Exchange exchange) {
    AttemptResult result = judged(delivery, exchange);
    VendorResponse response = VendorResponse.of(exchange);
    return response == null
        ? result
        : result.withResponse(response.status(), sanitizer.sanitize(response.text()));
  }

  /** Whether the requests of attempts are stored. */
  boolean storesRequests() {
    return config.storeRequests();
  }

  /** Returns the result with the requests that the attempt has sent, where they are stored. */
  AttemptResult withCalls(AttemptResult result, AttemptCalls calls) {
    return storesRequests() ? result.withCalls(sanitizer.sanitize(calls)) : result;
  }

  private AttemptResult judged(Delivery delivery, Exchange exchange) {
    if (exchange.getException() != null) {
      return judge(delivery, exchange.getException(), FailedStep.of(exchange));
    }
    Outcome outcome = exchange.getMessage().getBody(Outcome.class);
    AttemptResult result = judge(outcome == null ? Outcome.delivered() : outcome);
    List<ExternalId> gained = EnrichedEvent.gainedIds(exchange, delivery.event());
    List<ExternalId> learnedIds =
        Stream.concat(result.learnedIds().stream(), gained.stream()).toList();
    return result.with(learnedIds, result.wrote());
  }

  /** The destination's response; without one both are null. */
  private record Response(Integer status, String text) {
    private static final Response NONE = new Response(null, null);
  }

  /** Judges an attempt that succeeded. */
  AttemptResult judge(Outcome outcome) {
    if (outcome instanceof Outcome.Skipped skipped) {
      return AttemptResult.skipped(sanitizer.sanitize(skipped.reason()))
          .withLearnedIds(skipped.learnedIds());
    }
    if (outcome instanceof Outcome.Held held) {
      return AttemptResult.held(sanitizer.sanitize(held.reason()));
    }
    Outcome.Delivered delivered = (Outcome.Delivered) outcome;
    return AttemptResult.delivered(sanitizer.sanitize(delivered.vendorId()))
        .with(delivered.learnedIds(), delivered.writtenState());
  }

  /** Judges an attempt that failed. */
  AttemptResult judge(Delivery delivery, Throwable thrown) {
    return judge(delivery, thrown, Optional.empty());
  }

  /**
   * Judges an attempt that failed.
   *
   * @param step the route's step that failed; empty where it is unknown
   */
  AttemptResult judge(Delivery delivery, Throwable thrown, Optional<FailedStep> step) {
    Throwable failure = explicitFailure(thrown);
    if (failure instanceof HttpOperationFailedException http) {
      return judge(delivery, http);
    }
    if (failure instanceof PermanentFailureException
        || failure instanceof InvalidMessageException) {
      return AttemptResult.dead(sanitizer.sanitize(failure.getMessage()));
    }
    if (failure instanceof CredentialsRejectedException) {
      return keyRefused(delivery, sanitizer.sanitize(failure.getMessage()), Response.NONE);
    }
    if (failure instanceof NotReadyException) {
      return retrySoon(delivery, sanitizer.sanitize(failure.getMessage()));
    }
    String text = sanitizer.sanitize(FailureText.of(delivery.destination(), failure, step));
    AttemptResult result = retry(delivery, text, Response.NONE, Duration.ZERO);
    boolean unreachable = failure instanceof IOException || failure instanceof TimeoutException;
    return unreachable ? result.withHealth(DestinationHealth.UNREACHABLE) : result;
  }

  /** Finds the exception of a bean or kamelet, which Camel may have wrapped in others. */
  private static Throwable explicitFailure(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .filter(cause -> EXPLICIT_FAILURES.stream().anyMatch(type -> type.isInstance(cause)))
        .findFirst()
        .orElse(FailureCause.of(thrown));
  }

  /** Retries at short intervals at first, because missing data usually arrives within minutes. */
  private AttemptResult retrySoon(Delivery delivery, String reason) {
    AttemptResult result = retry(delivery, reason, Response.NONE, Duration.ZERO);
    boolean early = delivery.age().compareTo(config.notYetWindow()) < 0;
    Duration soon = config.notYetMaxDelay();
    return early && result.retryAfter() != null && result.retryAfter().compareTo(soon) > 0
        ? AttemptResult.retry(soon, reason)
        : result;
  }

  private AttemptResult judge(Delivery delivery, HttpOperationFailedException failure) {
    int status = failure.getStatusCode();
    Response response = new Response(status, sanitizer.sanitize(failure.getResponseBody()));
    String reason = "%s returned %d".formatted(delivery.destination(), status);
    return switch (FailureClass.of(status, config)) {
      case KEY_REFUSED ->
          keyRefused(
              delivery, reason + ": it does not accept our key, or not for this record", response);
      case TRANSIENT ->
          retry(delivery, reason, response, retryAfter(failure.getResponseHeaders()))
              .withHealth(healthOf(status));
      case PERMANENT ->
          AttemptResult.dead(status, reason, response.text()).withHealth(DestinationHealth.UP);
    };
  }

  private AttemptResult keyRefused(Delivery delivery, String reason, Response response) {
    Duration backOff = backOff(delivery.attempt());
    Duration longest = config.probeMaxDelay();
    Duration wait = backOff.compareTo(longest) < 0 ? backOff : longest;
    return AttemptResult.keyRefused(wait, response.status(), reason, response.text());
  }

  private static DestinationHealth healthOf(int status) {
    return status == 429
        ? DestinationHealth.BUSY
        : status >= 500 ? DestinationHealth.DOWN : DestinationHealth.NONE;
  }

  private AttemptResult retry(
      Delivery delivery, String reason, Response response, Duration atLeast) {
    if (delivery.age().compareTo(config.retryBudget()) > 0) {
      String exhausted = "%s, after trying for %s".formatted(reason, config.retryBudget());
      return AttemptResult.dead(response.status(), exhausted, response.text());
    }
    Duration backOff = backOff(delivery.attempt());
    // a vendor may ask for centuries, which PostgreSQL cannot store
    Duration asked = atLeast.compareTo(config.retryBudget()) > 0 ? config.retryBudget() : atLeast;
    return AttemptResult.retry(
        backOff.compareTo(asked) < 0 ? asked : backOff, response.status(), reason, response.text());
  }

  /** Doubles from the initial delay up to the maximum, minus a random part of up to half. */
  private Duration backOff(int attempt) {
    double doubled =
        config.retryInitialDelay().toMillis() * Math.pow(2, Math.min(attempt - 1, DOUBLINGS));
    double capped = Math.min(doubled, config.retryMaxDelay().toMillis());
    double jitter = 0.5 + ThreadLocalRandom.current().nextDouble() / 2;
    return Duration.ofMillis((long) (capped * jitter));
  }

  /**
   * Reads {@code Retry-After}, in seconds or as a date (RFC 9110, 10.2.3); zero where it is missing
   * or invalid.
   */
  private static Duration retryAfter(Map<String, String> headers) {
    if (headers == null) {
      return Duration.ZERO;
    }
    return headers.entrySet().stream()
        .filter(header -> "retry-after".equalsIgnoreCase(header.getKey()))
        .findFirst()
        .map(header -> waitingTime(header.getValue().trim()))
        .orElse(Duration.ZERO);
  }

  private static Duration waitingTime(String retryAfter) {
    try {
      return Duration.ofSeconds(Long.parseLong(retryAfter));
    } catch (NumberFormatException notSeconds) {
      try {
        ZonedDateTime until = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME);
        return Duration.between(ZonedDateTime.now(), until);
      } catch (DateTimeParseException neither) {
        return Duration.ZERO;
      }
    }
  }
}
