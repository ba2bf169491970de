package org.solarrelay.ops.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.Senders;
import org.solarrelay.Story;
import org.solarrelay.VendorStubs;

/** Whether alert rules and dashboard ask only for what a running program tells. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class MonitoringTest {

  /** Of the place a metric was read at: Prometheus puts them there. */
  private static final Set<String> OF_THE_TARGET = Set.of("namespace", "pod", "le");

  @TestHTTPResource(value = "/metrics", management = true)
  URL metrics;

  private Scrape scrape;

  @BeforeEach
  void afterSomeTraffic() {
    VendorStubs.reset();
    Story.awaitLedger();
    Story.awaitDelivery(Senders.leads("{\"email\":\"ada@example.com\"}"), "enerflo");
    scrape = Scrape.of(metrics);
  }

  @Test
  void everyMetricAskedForIsTold() {
    assertThat(Monitoring.queries())
        .hasSizeGreaterThan(30)
        .allSatisfy(
            query -> {
              assertThat(query.selectors()).as(query.toString()).isNotEmpty();
              assertThat(query.selectors())
                  .allSatisfy(
                      selector ->
                          assertThat(scrape.samples(selector.metric()))
                              .as("%s, in %s", selector.metric(), query)
                              .isNotEmpty());
            });
  }

  @Test
  void everyLabelAskedForIsThereAndSoIsItsValue() {
    assertThat(Monitoring.queries())
        .allSatisfy(
            query ->
                query
                    .selectors()
                    .forEach(
                        selector ->
                            selector
                                .conditions()
                                .forEach(
                                    condition -> isTold(selector.metric(), condition, query))));
  }

  @Test
  void whatIsGroupedByIsALabelOfWhatIsGrouped() {
    assertThat(Monitoring.queries())
        .allSatisfy(
            query ->
                assertThat(query.groupings())
                    .as(query.toString())
                    .isSubsetOf(labels(query.selectors())));
  }

  private void isTold(String metric, Query.Condition condition, Query query) {
    if (OF_THE_TARGET.contains(condition.label()) || condition.value().startsWith("$")) {
      return;
    }
    Stream<String> wanted =
        condition.operator().endsWith("~") && !condition.value().contains("*")
            ? Stream.of(condition.value().split("\\|"))
            : Stream.of(condition.value());
    List<String> told =
        scrape.samples(metric).stream()
            .map(sample -> sample.labels().get(condition.label()))
            .toList();
    assertThat(told)
        .as("label %s of %s, in %s", condition.label(), metric, query)
        .doesNotContainNull();
    // a fault of the relay's own, which no test can bring about, and a name for what has none
    Set<String> seldom = Set.of("failed", "unknown");
    wanted
        .filter(value -> !seldom.contains(value))
        .forEach(
            value ->
                assertThat(told)
                    .as("%s of %s, in %s", condition, metric, query)
                    .anyMatch(one -> one.matches(value)));
  }

  private Set<String> labels(List<Query.Selector> selectors) {
    Set<String> labels = new TreeSet<>(OF_THE_TARGET);
    selectors.stream()
        .flatMap(selector -> scrape.samples(selector.metric()).stream())
        .forEach(sample -> labels.addAll(sample.labels().keySet()));
    return labels;
  }
}
