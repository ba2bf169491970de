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
    AttemptResult verdict = policy.judge(delivery(1, YOUNG), answered(status, Map.of(), "no"));

    assertThat(verdict.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(verdict.status()).isEqualTo(status);
    assertThat(verdict.reason()).isEqualTo("enerflo returned " + status);
    assertThat(verdict.response()).isEqualTo("no");
    assertThat(verdict.retryAfter()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 501, 502, 503, 504, 521, 600})
  void aTransientFailureIsRetried(int status) {
    AttemptResult verdict = policy.judge(delivery(1, YOUNG), answered(status, Map.of(), "<html>"));

    assertThat(verdict.state()).isEqualTo(DeliveryState.PENDING);
    assertThat(verdict.status()).isEqualTo(status);
    assertThat(verdict.retryAfter()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
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

    AttemptResult verdict = other.judge(delivery(1, YOUNG), answered(status, Map.of(), ""));

    assertThat(verdict.state()).isEqualTo(state);
    assertThat(verdict.health() == DestinationHealth.KEY_REFUSED).isEqualTo(status == 402);
  }

  @Test
  void aStatusThatIsBothTheKeysAndTransientIsTheKeys() {
    DeliveryPolicy other = policy(Map.of("relay.delivery.transient-statuses", "4xx"));

    assertThat(other.judge(delivery(1, YOUNG), answered(401, Map.of(), "")).health())
        .isEqualTo(DestinationHealth.KEY_REFUSED);
    assertThat(other.judge(delivery(1, YOUNG), answered(404, Map.of(), "")).state())
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

    AttemptResult verdict = policy.judge(delivery(1, YOUNG), wrapped);

    assertThat(verdict.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(verdict.reason()).isEqualTo("no");
  }

  @Test
  void missingDataIsRetriedSoonAndDeadAfterTheBudget() {
    Exception missing = new NotReadyException("no install yet");

    assertThat(policy.judge(delivery(20, YOUNG), missing).retryAfter())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(policy.judge(delivery(20, Duration.ofHours(1)), missing).retryAfter())
        .isGreaterThan(Duration.ofMinutes(4));
    AttemptResult verdict = policy.judge(delivery(99, BEYOND_BUDGET), missing);
    assertThat(verdict.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(verdict.reason()).startsWith("no install yet");
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
      AttemptResult verdict = policy.judge(delivery(1, YOUNG), failure);

      assertThat(verdict.state()).isEqualTo(DeliveryState.PENDING);
      assertThat(verdict.reason())
          .contains("enerflo")
          .doesNotContain(failure.getClass().getSimpleName());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRejectedKeyIsRetriedWithoutEnd(int status) {
    Delivery old = delivery(5000, Duration.ofDays(90));
    AttemptResult verdict = policy.judge(old, answered(status, Map.of(), ""));

    assertThat(verdict.state()).isEqualTo(DeliveryState.PENDING);
    assertThat(verdict.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(verdict.reason()).contains("does not accept our key");
    assertThat(policy.judge(old, new CredentialsRejectedException("Flip: invalid_client")).state())
        .isEqualTo(DeliveryState.PENDING);
  }

  @Test
  void aSuccessStatusWithAReportedFailureIsDead() {
    AttemptResult verdict =
        policy.judge(delivery(1, YOUNG), new PermanentFailureException("Enerflo: Couldn't save"));

    assertThat(verdict.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(verdict.reason()).isEqualTo("Enerflo: Couldn't save");
  }

  @Test
  void anEventThatADestinationCannotReceiveIsDead() {
    assertThat(policy.judge(delivery(1, YOUNG), new InvalidMessageException("no id")).state())
        .isEqualTo(DeliveryState.DEAD);
  }

  @Test
  void beyondTheBudgetTheLastReasonStandsWithIt() {
    AttemptResult answered =
        policy.judge(delivery(90, BEYOND_BUDGET), answered(503, Map.of("Retry-After", "9"), "x"));
    AttemptResult silent =
        policy.judge(delivery(90, BEYOND_BUDGET), new ConnectException("refused"));

    assertThat(answered.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(answered.status()).isEqualTo(503);
    assertThat(answered.reason()).contains("enerflo returned 503", "after trying for PT24H");
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
    String answer = "key enerflo-key/+ or enerflo-key%2F%2B and solarproof-key";

    assertThat(policy.judge(delivery(1, YOUNG), answered(400, Map.of(), answer)).response())
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

  private String shown(String answer) {
    return policy.judge(delivery(1, YOUNG), answered(400, Map.of(), answer)).response();
  }

  private Duration retryAfter(int attempt, Map<String, String> headers) {
    return policy.judge(delivery(attempt, YOUNG), answered(503, headers, "")).retryAfter();
  }

  private static HttpOperationFailedException answered(
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
