package org.solarrelay.delivery.http;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.solarrelay.delivery.Outcome;
import org.solarrelay.vendor.enerflo.EnerfloBeans;

class AsynchronousCallsTest {

  private static final int CALLS = 64;
  private static final int LATENCY_MILLIS = 200;

  @Test
  void oneThreadStartsManyCallsAndWaitsForNone() throws Exception {
    try (VendorBench bench = enerflo()) {
      bench
          .vendor()
          .stubFor(
              any(anyUrl())
                  .willReturn(
                      okJson("{\"status\":\"success\",\"customer_id\":1}")
                          .withFixedDelay(LATENCY_MILLIS)));
      send(bench, 4);

      long start = System.nanoTime();
      Batch batch = send(bench, CALLS);
      Duration took = Duration.ofNanos(System.nanoTime() - start);

      assertThat(batch.doneWhenSent()).as("responses before all were sent").isLessThan(CALLS);
      assertThat(batch.synchronous()).as("calls that held the thread").isZero();
      assertThat(batch.exchanges())
          .allSatisfy(
              e ->
                  assertThat(e.getMessage().getBody(Outcome.Delivered.class).vendorId())
                      .isEqualTo("1"));
      assertThat(took)
          .as("far from one after the other, also on a busy machine")
          .isLessThan(Duration.ofMillis(CALLS * LATENCY_MILLIS / 3));
    }
  }

  private record Batch(List<Exchange> exchanges, long doneWhenSent, long synchronous) {}

  private static Batch send(VendorBench bench, int count) throws Exception {
    CountDownLatch open = new CountDownLatch(count);
    List<Exchange> exchanges =
        Stream.generate(() -> (Exchange) new DefaultExchange(bench.context()))
            .limit(count)
            .toList();
    try (AsyncProducer producer =
        bench.context().getEndpoint("direct:delivery:enerflo").createAsyncProducer()) {
      producer.start();
      long synchronous = 0;
      for (Exchange exchange : exchanges) {
        exchange.getMessage().setBody(VendorBench.event("lead.submitted", "{}"));
        synchronous += producer.process(exchange, done -> open.countDown()) ? 1 : 0;
      }
      long doneWhenSent = count - open.getCount();
      assertThat(open.await(20, TimeUnit.SECONDS)).isTrue();
      return new Batch(exchanges, doneWhenSent, synchronous);
    }
  }

  private static VendorBench enerflo() {
    return VendorBench.start(
        "enerflo", EnerfloBeans.plain(), Map.of("relay.destinations.enerflo.url", "VENDOR"));
  }
}
