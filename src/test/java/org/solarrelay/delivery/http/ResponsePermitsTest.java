package org.solarrelay.delivery.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.solarrelay.vendor.crm.CrmMapper;
import org.solarrelay.vendor.crm.CrmOutcomes;
import org.solarrelay.vendor.crm.CrmSignature;
import org.solarrelay.vendor.enerflo.project.EnerfloEnrichment;

class ResponsePermitsTest {

  @Test
  void aPermitGoesToTheResponseThatHasWaitedLongest() {
    AtomicInteger waited = new AtomicInteger();
    ResponsePermits permits = new ResponsePermits(1, waited::incrementAndGet);
    List<String> granted = new ArrayList<>();
    Runnable second = () -> granted.add("second");
    Runnable third = () -> granted.add("third");
    Runnable fourth = () -> granted.add("fourth");

    assertThat(permits.take(() -> granted.add("first"))).isTrue();
    assertThat(permits.take(second)).isFalse();
    assertThat(permits.take(third)).isFalse();
    assertThat(permits.take(fourth)).isFalse();
    assertThat(waited).hasValue(3);
    assertThat(permits.cancel(third)).isTrue();
    permits.release();
    assertThat(granted).containsExactly("second");
    permits.release();
    assertThat(granted).containsExactly("second", "fourth");
    permits.release();
    assertThat(permits.take(third)).isTrue();
  }

  @Test
  void sixtyFourLongResponsesAtOnceAreAllRead() throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(64);
    AtomicInteger delivered = new AtomicInteger();
    try (VendorBench bench =
        VendorBench.start(
            "crm",
            Duration.ofSeconds(30),
            Map.of(
                "crmMapper", new CrmMapper(),
                "enerfloEnrichment", new EnerfloEnrichment(Optional.empty(), Optional.empty()),
                "crmSignature", new CrmSignature(Clock.systemUTC()),
                "crmOutcomes", new CrmOutcomes()),
            Map.of(
                "relay.destinations.crm.url", "VENDOR",
                "relay.destinations.crm.api-key", "whsec_c29sYXItcmVsYXktdGVzdA=="))) {
      bench.vendor().stubFor(any(anyUrl()).willReturn(aResponse().withBody("x".repeat(1_000_000))));
      List<Future<?>> sent = new ArrayList<>();
      for (int n = 0; n < 96; n++) {
        sent.add(
            senders.submit(
                () -> {
                  Exchange exchange = bench.deliver(VendorBench.event("lead.changed", "{}"));
                  if (exchange.getException() == null) {
                    delivered.incrementAndGet();
                  }
                }));
      }
      for (Future<?> one : sent) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      senders.shutdownNow();
    }
    assertThat(delivered).hasValue(96);
  }
}
