package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.http.RateLimit;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class CallBudgetTest {

  @Inject DataSource database;

  private final String destination = "d" + UUID.randomUUID();

  @BeforeEach
  void theTablesAreThere() {
    await()
        .ignoreExceptions()
        .until(
            () ->
                RateLimit.of(
                            database,
                            destination + "-",
                            limitedTo(60).destinations().get(destination))
                        .acquire(1)
                    == 1);
  }

  @Test
  void spentCallsReduceTheLimitForDeliveries() throws Exception {
    RelayConfig config = limitedTo(60);
    RateLimit limit = RateLimit.of(database, destination, config.destinations().get(destination));
    CallBudget budget = new CallBudget(new ReloadableConfig(config), database);

    long start = System.nanoTime();
    budget.spend(destination, 4);

    assertThat(limit.acquire(60)).isLessThanOrEqualTo(2 + refilledSince(start, 60));
    assertThatThrownBy(() -> budget.spend(destination, 5)).isInstanceOf(NotReadyException.class);
  }

  @Test
  void aLongQueueOfDeliveriesLeavesSomethingToSpend() throws Exception {
    RelayConfig config = limitedTo(300);
    RateLimit limit = RateLimit.of(database, destination, config.destinations().get(destination));

    long start = System.nanoTime();
    assertThat(limit.acquire(1000)).isBetween(15, 22);
    assertThat(limit.acquire(1000)).isLessThanOrEqualTo(2 + refilledSince(start, 300));
    assertThatCode(
            () -> new CallBudget(new ReloadableConfig(config), database).spend(destination, 5))
        .doesNotThrowAnyException();
  }

  @Test
  void aLimitThatIsSmallerThanWhatIsSpentStillLetsItThrough() {
    CallBudget budget = new CallBudget(new ReloadableConfig(limitedTo(2)), database);

    assertThatCode(() -> budget.spend(destination, 5)).doesNotThrowAnyException();
  }

  @Test
  void aDestinationWithoutALimitSpendsNothing() {
    assertThatCode(
            () ->
                new CallBudget(new ReloadableConfig(limitedTo(0)), database)
                    .spend(destination, 1000))
        .doesNotThrowAnyException();
  }

  private static int refilledSince(long start, int aMinute) {
    return (int) (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) * aMinute / 60_000);
  }

  private RelayConfig limitedTo(int calls) {
    String prefix = "relay.destinations." + destination + ".";
    return RelaySettings.of(Map.of(prefix + "rate-limit", "" + calls, prefix + "settings", "none"));
  }
}
