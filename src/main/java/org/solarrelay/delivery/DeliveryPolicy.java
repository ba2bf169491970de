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
 * Where it is decided what an attempt's end means, for every destination alike. Permanent failures
 * are dead at once; those of our own key and those that may pass are tried again.
 */
@Singleton
class DeliveryPolicy {

  private static final int DOUBLINGS = 30;
  private static final int DEEPEST = 20;
  private static final List<Class<?>> SAYING =
      List.of(
          HttpOperationFailedException.class,
          PermanentFailureException.class,
          InvalidMessageException.class,
          CredentialsRejectedException.class,
          NotReadyException.class);

  private final RelayConfig.Delivery config;
  private final ResponseSanitizer answers;

  DeliveryPolicy(RelayConfig config, ResponseSanitizer answers) {
    this.config = config.delivery();
    this.answers = answers;
  }

  /**
   * What the end of a delivery's route means: its exception, or the {@link Outcome} that it left as
   * body; another body stands for delivered.
   */
  AttemptResult judge(Delivery delivery, Exchange exchange) {
    AttemptResult verdict = judged(delivery, exchange);
    VendorResponse reply = VendorResponse.of(exchange);
    return reply == null
        ? verdict
        : verdict.withResponse(reply.status(), answers.shown(reply.text()));
  }

  private AttemptResult judged(Delivery delivery, Exchange exchange) {
    if (exchange.getException() != null) {
      return judge(delivery, exchange.getException(), FailedStep.of(exchange));
    }
    Outcome outcome = exchange.getMessage().getBody(Outcome.class);
    AttemptResult verdict = judge(outcome == null ? Outcome.delivered(null) : outcome);
    List<ExternalId> gained = EnrichedEvent.gainedIds(exchange, delivery.event());
    List<ExternalId> learnt =
        Stream.concat(verdict.learnedIds().stream(), gained.stream()).toList();
    return verdict.with(learnt, verdict.wrote());
  }

  /** What an attempt that ended well means. */
  AttemptResult judge(Outcome outcome) {
    if (outcome instanceof Outcome.Skipped skipped) {
      return AttemptResult.skipped(answers.shown(skipped.reason())).with(skipped.learnt(), null);
    }
    if (outcome instanceof Outcome.Held held) {
      return AttemptResult.held(answers.shown(held.reason()));
    }
    Outcome.Delivered delivered = (Outcome.Delivered) outcome;
    return AttemptResult.delivered(answers.shown(delivered.vendorId()))
        .with(delivered.learnt(), delivered.wrote());
  }

  /** What an attempt that failed means. */
  AttemptResult judge(Delivery delivery, Throwable thrown) {
    return judge(delivery, thrown, Optional.empty());
  }

  /**
   * The same.
   *
   * @param step where the route failed; empty where that is not known
   */
  AttemptResult judge(Delivery delivery, Throwable thrown, Optional<FailedStep> step) {
    Throwable failure = meant(thrown);
    if (failure instanceof HttpOperationFailedException http) {
      return judge(delivery, http);
    }
    if (failure instanceof PermanentFailureException
        || failure instanceof InvalidMessageException) {
      return AttemptResult.dead(answers.shown(failure.getMessage()));
    }
    if (failure instanceof CredentialsRejectedException) {
      return keyRefused(delivery, null, answers.shown(failure.getMessage()), null);
    }
    if (failure instanceof NotReadyException) {
      return retrySoon(delivery, answers.shown(failure.getMessage()));
    }
    String text = answers.shown(FailureText.of(delivery.destination(), failure, step));
    AttemptResult verdict = retry(delivery, null, text, null, Duration.ZERO);
    boolean silent = failure instanceof IOException || failure instanceof TimeoutException;
    return silent ? verdict.withHealth(DestinationHealth.UNREACHABLE) : verdict;
  }

  /** What a bean or a kamelet threw, where Camel has wrapped it on its way out of an expression. */
  private static Throwable meant(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(DEEPEST)
        .filter(cause -> SAYING.stream().anyMatch(type -> type.isInstance(cause)))
        .findFirst()
        .orElse(FailureCause.of(thrown));
  }

  /** What is missing usually comes within minutes, so at first nobody waits long for it. */
  private AttemptResult retrySoon(Delivery delivery, String reason) {
    AttemptResult verdict = retry(delivery, null, reason, null, Duration.ZERO);
    boolean early = delivery.age().compareTo(config.notYetWindow()) < 0;
    Duration soon = config.notYetMaxDelay();
    return early && verdict.retryAfter() != null && verdict.retryAfter().compareTo(soon) > 0
        ? AttemptResult.retry(soon, null, reason, null)
        : verdict;
  }

  private AttemptResult judge(Delivery delivery, HttpOperationFailedException failure) {
    int status = failure.getStatusCode();
    String answer = answers.shown(failure.getResponseBody());
    String reason = "%s returned %d".formatted(delivery.destination(), status);
    return switch (FailureClass.of(status, config)) {
      case OURS ->
          keyRefused(
              delivery,
              status,
              reason + ": it does not accept our key, or not for this record",
              answer);
      case TRANSIENT ->
          retry(delivery, status, reason, answer, askedToWait(failure.getResponseHeaders()))
              .withHealth(sign(status));
      case PERMANENT -> AttemptResult.dead(status, reason, answer).withHealth(DestinationHealth.UP);
    };
  }

  private AttemptResult keyRefused(
      Delivery delivery, Integer status, String reason, String answer) {
    Duration backOff = backOff(delivery.attempt());
    Duration longest = config.probeMaxDelay();
    Duration wait = backOff.compareTo(longest) < 0 ? backOff : longest;
    return AttemptResult.keyRefused(wait, status, reason, answer);
  }

  private static DestinationHealth sign(int status) {
    return status == 429
        ? DestinationHealth.BUSY
        : status >= 500 ? DestinationHealth.DOWN : DestinationHealth.NONE;
  }

  private AttemptResult retry(
      Delivery delivery, Integer status, String reason, String answer, Duration atLeast) {
    if (delivery.age().compareTo(config.retryBudget()) > 0) {
      String given = "%s, after trying for %s".formatted(reason, config.retryBudget());
      return AttemptResult.dead(status, given, answer);
    }
    Duration backOff = backOff(delivery.attempt());
    // a vendor may ask for centuries, which no clock of the ledger holds
    Duration asked = atLeast.compareTo(config.retryBudget()) > 0 ? config.retryBudget() : atLeast;
    return AttemptResult.retry(
        backOff.compareTo(asked) < 0 ? asked : backOff, status, reason, answer);
  }

  /** Doubles from the initial delay up to the maximum, less up to half of it by chance. */
  private Duration backOff(int attempt) {
    double doubled =
        config.retryInitialDelay().toMillis() * Math.pow(2, Math.min(attempt - 1, DOUBLINGS));
    double capped = Math.min(doubled, config.retryMaxDelay().toMillis());
    double jitter = 0.5 + ThreadLocalRandom.current().nextDouble() / 2;
    return Duration.ofMillis((long) (capped * jitter));
  }

  /** {@code Retry-After}, which is either seconds or a date (RFC 9110, 10.2.3). */
  private static Duration askedToWait(Map<String, String> headers) {
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
