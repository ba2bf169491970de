package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.language.bean.RuntimeBeanExpressionException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.http.ResponseSanitizer;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DeliveryOrigin;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.delivery.queue.DestinationHealth;
import org.solarrelay.event.InvalidMessageException;

class DeliveryPolicyTest {

  private static final Duration YOUNG = Duration.ofMinutes(1);
  private static final Duration BEYOND_BUDGET = Duration.ofHours(24).plusSeconds(1);

  private final DeliveryPolicy policy = policy(Map.of());

  @ParameterizedTest
  @ValueSource(ints = {300, 302, 304, 400, 404, 405, 409, 410, 413, 415, 422, 451})
  void aPermanentFailureIsDeadAtOnce(int status) {
    AttemptResult result = policy.judge(delivery(1, YOUNG), httpFailure(status, Map.of(), "no"));

    assertThat(result.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(result.status()).isEqualTo(status);
    assertThat(result.reason()).isEqualTo("enerflo returned " + status);
    assertThat(result.response()).isEqualTo("no");
    assertThat(result.retryAfter()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 501, 502, 503, 504, 521, 600})
  void aTransientFailureIsRetried(int status) {
    AttemptResult result =
        policy.judge(delivery(1, YOUNG), httpFailure(status, Map.of(), "<html>"));

    assertThat(result.state()).isEqualTo(DeliveryState.PENDING);
    assertThat(result.status()).isEqualTo(status);
    assertThat(result.retryAfter()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({
    "402,PENDING",
    "401,DEAD",
    "403,DEAD",
    "423,PENDING",
    "429,DEAD",
    "500,DEAD",
    "502,PENDING",
    "503,DEAD"
  })
  void theClassesOfStatusesAreConfigurable(int status, DeliveryState state) {
    DeliveryPolicy other =
        policy(
            Map.of(
                "relay.delivery.key-statuses", "402",
                "relay.delivery.transient-statuses", "423, 502"));

    AttemptResult result = other.judge(delivery(1, YOUNG), httpFailure(status, Map.of(), ""));

    assertThat(result.state()).isEqualTo(state);
    assertThat(result.health() == DestinationHealth.KEY_REFUSED).isEqualTo(status == 402);
  }

  @Test
  void aStatusThatIsBothTheKeysAndTransientIsTheKeys() {
    DeliveryPolicy other = policy(Map.of("relay.delivery.transient-statuses", "4xx"));

    assertThat(other.judge(delivery(1, YOUNG), httpFailure(401, Map.of(), "")).health())
        .isEqualTo(DestinationHealth.KEY_REFUSED);
    assertThat(other.judge(delivery(1, YOUNG), httpFailure(404, Map.of(), "")).state())
        .isEqualTo(DeliveryState.PENDING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5x", "xx", "2xx", "200", "6xx", "1000", "4040", "soon", "401-403", "-5"})
  void aStatusThatIsNoneStopsTheStartAndNamesTheKey(String wrong) {
    Map<String, String> settings = Map.of("relay.delivery.transient-statuses", "408," + wrong);

    assertThatThrownBy(() -> RelaySettings.of(settings))
        .hasMessageContaining("relay.delivery.transient-statuses")
        .hasMessageContaining("\"" + wrong + "\" is no HTTP status of a failure")
        .hasMessageContaining("429, or 5xx");
  }

  @Test
  void theRetryIntervalOfMissingDataIsConfigurable() {
    DeliveryPolicy other =
        policy(
            Map.of(
                "relay.delivery.not-yet-window", "PT2H",
                "relay.delivery.not-yet-max-delay", "PT3S"));
    Exception missing = new NotReadyException("no install yet");

    assertThat(other.judge(delivery(20, Duration.ofHours(1)), missing).retryAfter())
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(other.judge(delivery(20, Duration.ofHours(3)), missing).retryAfter())
        .isGreaterThan(Duration.ofMinutes(4));
  }

  @Test
  void aResponseThatAnExpressionCannotReadIsAnInputOutputFailure() {
    Exception unreadable = new IOException("Enerflo returned 200 with something that is not JSON");
    Exception wrapped = new RuntimeBeanExpressionException(null, "answers", "id", unreadable);

    assertThat(policy.judge(delivery(1, YOUNG), wrapped))
        .usingRecursiveComparison()
        .ignoringFields("retryAfter")
        .isEqualTo(policy.judge(delivery(1, YOUNG), unreadable));
  }

  @Test
  void anExceptionThatCamelWrapsCountsAsItsCause() {
    Exception wrapped =
        new IllegalStateException(new RuntimeException(new PermanentFailureException("no")));

    AttemptResult result = policy.judge(delivery(1, YOUNG), wrapped);

    assertThat(result.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(result.reason()).isEqualTo("no");
  }

  @Test
  void missingDataIsRetriedSoonAndDeadAfterTheBudget() {
    Exception missing = new NotReadyException("no install yet");

    assertThat(policy.judge(delivery(20, YOUNG), missing).retryAfter())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(policy.judge(delivery(20, Duration.ofHours(1)), missing).retryAfter())
        .isGreaterThan(Duration.ofMinutes(4));
    AttemptResult result = policy.judge(delivery(99, BEYOND_BUDGET), missing);
    assertThat(result.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(result.reason()).startsWith("no install yet");
  }

  @Test
  void aConnectionThatFailsOrStaysSilentIsTriedAgain() {
    for (Exception failure :
        new Exception[] {
          new ConnectException("Connection refused"),
          new SocketTimeoutException("No response within PT15S"),
          new IOException("Connection was closed"),
          new IllegalStateException()
        }) {
      AttemptResult result = policy.judge(delivery(1, YOUNG), failure);

      assertThat(result.state()).isEqualTo(DeliveryState.PENDING);
      assertThat(result.reason())
          .contains("enerflo")
          .doesNotContain(failure.getClass().getSimpleName());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRejectedKeyIsRetriedWithoutEnd(int status) {
    Delivery old = delivery(5000, Duration.ofDays(90));
    AttemptResult result = policy.judge(old, httpFailure(status, Map.of(), ""));

    assertThat(result.state()).isEqualTo(DeliveryState.PENDING);
    assertThat(result.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(result.reason()).contains("does not accept our key");
    assertThat(policy.judge(old, new CredentialsRejectedException("Flip: invalid_client")).state())
        .isEqualTo(DeliveryState.PENDING);
  }

  @Test
  void aSuccessStatusWithAReportedFailureIsDead() {
    AttemptResult result =
        policy.judge(delivery(1, YOUNG), new PermanentFailureException("Enerflo: Couldn't save"));

    assertThat(result.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(result.reason()).isEqualTo("Enerflo: Couldn't save");
  }

  @Test
  void anEventThatADestinationCannotReceiveIsDead() {
    assertThat(policy.judge(delivery(1, YOUNG), new InvalidMessageException("no id")).state())
        .isEqualTo(DeliveryState.DEAD);
  }

  @Test
  void beyondTheBudgetTheLastReasonStandsWithIt() {
    AttemptResult exhausted =
        policy.judge(
            delivery(90, BEYOND_BUDGET), httpFailure(503, Map.of("Retry-After", "9"), "x"));
    AttemptResult silent =
        policy.judge(delivery(90, BEYOND_BUDGET), new ConnectException("refused"));

    assertThat(exhausted.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(exhausted.status()).isEqualTo(503);
    assertThat(exhausted.reason()).contains("enerflo returned 503", "after trying for PT24H");
    assertThat(silent.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(silent.reason()).contains("refused", "PT24H");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,4", "6,32", "10,512", "11,600", "31,600", "4000,600"})
  void theBackOffDoublesUpToTheMaximumLessUpToHalfByChance(int attempt, long seconds) {
    for (int time = 0; time < 50; time++) {
      assertThat(retryAfter(attempt, Map.of()))
          .isBetween(Duration.ofMillis(seconds * 500), Duration.ofSeconds(seconds));
    }
  }

  @RepeatedTest(3)
  void deliveriesThatFailTogetherDoNotComeBackTogether() {
    long different =
        java.util.stream.IntStream.range(0, 50)
            .mapToObj(n -> retryAfter(10, Map.of()))
            .distinct()
            .count();

    assertThat(different).isGreaterThan(30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Retry-After", "retry-after", "RETRY-AFTER"})
  void secondsToWaitAreKept(String name) {
    assertThat(retryAfter(1, Map.of("x", "1", name, " 120 "))).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aDateToWaitForIsKept() {
    ZonedDateTime until = ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(5);
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(until);

    assertThat(retryAfter(1, Map.of("Retry-After", date)))
        .isBetween(Duration.ofSeconds(290), Duration.ofSeconds(300));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "Thu, 01 Jan 1970 00:00:00 GMT", "0"})
  void aWaitThatMakesNoSenseLeavesTheBackOff(String value) {
    assertThat(retryAfter(1, Map.of("Retry-After", value)))
        .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"31536000", "9223372036854775807", "Fri, 31 Dec 9999 23:59:59 GMT"})
  void aWaitThatGoesBeyondTheBudgetIsCutToIt(String value) {
    assertThat(retryAfter(1, Map.of("Retry-After", value))).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void secretsInResponsesAreMaskedInEverySpelling() {
    String response = "key enerflo-key/+ or enerflo-key%2F%2B and solarproof-key";

    assertThat(policy.judge(delivery(1, YOUNG), httpFailure(400, Map.of(), response)).response())
        .isEqualTo("key *** or *** and ***");
    assertThat(policy.judge(delivery(1, YOUNG), new IOException("enerflo-key/+")).reason())
        .isEqualTo("the call to enerflo failed: ***");
    assertThat(policy.judge(Outcome.delivered("solarproof-key")).vendorId()).isEqualTo("***");
    assertThat(policy.judge(Outcome.skipped("solarproof-key")).reason()).isEqualTo("***");
  }

  @Test
  void responsesAreCutToTheLimitBetweenCharacters() {
    assertThat(shown("x".repeat(2000))).hasSize(2000);
    assertThat(shown("x".repeat(2001))).isEqualTo("x".repeat(2000) + "…");
    assertThat(shown("x".repeat(1999) + "\ud83d\ude00 and more")).isEqualTo("x".repeat(1999) + "…");
  }

  @Test
  void charactersThatPostgreSqlCannotStoreAreReplaced() {
    assertThat(shown("a\u0000b")).isEqualTo("a b");
    assertThat(policy.judge(Outcome.delivered("5\u00005")).vendorId()).isEqualTo("5 5");
  }

  @Test
  void aResponseWithoutABodyIsNull() {
    assertThat(shown(null)).isNull();
  }

  private String shown(String response) {
    return policy.judge(delivery(1, YOUNG), httpFailure(400, Map.of(), response)).response();
  }

  private Duration retryAfter(int attempt, Map<String, String> headers) {
    return policy.judge(delivery(attempt, YOUNG), httpFailure(503, headers, "")).retryAfter();
  }

  private static HttpOperationFailedException httpFailure(
      int status, Map<String, String> headers, String body) {
    return new HttpOperationFailedException(
        "http://localhost:1/", status, "Said", null, headers, body);
  }

  private static Delivery delivery(int attempt, Duration age) {
    return new Delivery(
        1, "enerflo", attempt, age, false, DeliveryOrigin.now(), lead("e", "A", "a@example.com"));
  }

  private static DeliveryPolicy policy(Map<String, String> settings) {
    RelayConfig config = RelaySettings.of(settings);
    return new DeliveryPolicy(config, new ResponseSanitizer(new ReloadableConfig(config)));
  }
}
