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
import org.solarrelay.HistoryClient;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.Senders;
import org.solarrelay.VendorStubs;

/** Alert rules and dashboard query only metrics and labels of a running program. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class MonitoringTest {

  /** Labels that Prometheus adds. */
  private static final Set<String> TARGET_LABELS = Set.of("namespace", "pod");

  @TestHTTPResource(value = "/metrics", management = true)
  URL metrics;

  private Scrape scrape;

  @BeforeEach
  void deliverOneLead() {
    VendorStubs.reset();
    HistoryClient.awaitDatabase();
    HistoryClient.awaitDelivery(Senders.leads("{\"email\":\"ada@example.com\"}"), "enerflo");
    scrape = Scrape.of(metrics);
  }

  @Test
  void everyQueriedMetricExists() {
    assertThat(Monitoring.queries())
        .hasSizeGreaterThan(30)
        .allSatisfy(
            query -> {
              assertThat(query.selectors().size() + query.recorded().size())
                  .as(query.toString())
                  .isPositive();
              assertThat(query.selectors())
                  .allSatisfy(
                      selector ->
                          assertThat(scrape.samples(selector.metric()))
                              .as("%s, in %s", selector.metric(), query)
                              .isNotEmpty());
            });
  }

  @Test
  void everyQueriedLabelAndItsValueExist() {
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
                                    condition ->
                                        assertExists(selector.metric(), condition, query))));
  }

  @Test
  void everyGroupingLabelExists() {
    assertThat(Monitoring.queries())
        .allSatisfy(
            query ->
                assertThat(query.groupings())
                    .as(query.toString())
                    .isSubsetOf(labels(query.selectors())));
  }

  private void assertExists(String metric, Query.Condition condition, Query query) {
    if (TARGET_LABELS.contains(condition.label()) || condition.value().startsWith("$")) {
      return;
    }
    Stream<String> expected =
        condition.operator().endsWith("~") && !condition.value().contains("*")
            ? Stream.of(condition.value().split("\\|"))
            : Stream.of(condition.value());
    List<String> values =
        scrape.samples(metric).stream()
            .map(sample -> sample.labels().get(condition.label()))
            .toList();
    assertThat(values)
        .as("label %s of %s, in %s", condition.label(), metric, query)
        .doesNotContainNull();
    // no test can cause a failure of the relay itself, or a source without a name
    Set<String> notInTests = Set.of("failed", "unknown");
    expected
        .filter(value -> !notInTests.contains(value))
        .forEach(
            value ->
                assertThat(values)
                    .as("%s of %s, in %s", condition, metric, query)
                    .anyMatch(actual -> actual.matches(value)));
  }

  private Set<String> labels(List<Query.Selector> selectors) {
    Set<String> labels = new TreeSet<>(TARGET_LABELS);
    selectors.stream()
        .flatMap(selector -> scrape.samples(selector.metric()).stream())
        .forEach(sample -> labels.addAll(sample.labels().keySet()));
    return labels;
  }
}
