package org.solarrelay.delivery.http;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.solarrelay.RouteFiles;
import org.solarrelay.event.Event;
import org.solarrelay.ops.telemetry.LimitCounter;
import org.solarrelay.vendor.crm.CrmMapper;
import org.solarrelay.vendor.crm.CrmOutcomes;
import org.solarrelay.vendor.crm.CrmSignature;
import org.solarrelay.vendor.enerflo.lead.EnerfloMapper;
import org.solarrelay.vendor.enerflo.lead.EnerfloOutcomes;
import org.solarrelay.vendor.enerflo.lead.EnerfloSettings;
import org.solarrelay.vendor.enerflo.project.EnerfloEnrichment;
import org.solarrelay.vendor.flip.FlipBeans;
import org.solarrelay.vendor.solarproof.SolarProofCall;
import org.solarrelay.vendor.solarproof.SolarProofMapper;
import org.solarrelay.vendor.solarproof.SolarProofOutcomes;

class VendorHttpTest {

  private static final Map<String, Object> CRM =
      Map.of(
          "crmMapper",
          new CrmMapper(),
          "enerfloEnrichment",
          new EnerfloEnrichment(Optional.empty(), Optional.empty()),
          "crmSignature",
          new CrmSignature(Clock.systemUTC()),
          "crmOutcomes",
          new CrmOutcomes());

  @Test
  void httpsToAPortIsNeverSpokenInTheClear() {
    try (VendorBench bench = crm("https://localhost:PORT")) {
      Exception failure = bench.deliver(VendorBench.event("lead.changed", "{}")).getException();

      assertThat(failure).isInstanceOf(IOException.class);
      bench.vendor().verify(0, anyRequestedFor(anyUrl()));
    }
  }

  @Test
  void informationalResponsesAreWaitedOut() throws Exception {
    String informational =
        "HTTP/1.1 102 Processing\r\n\r\n"
            + "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
            + "HTTP/1.1 100 Continue\r\n\r\n"
            + "HTTP/1.1 199 Whatever\r\n\r\n";
    try (ScriptedVendor vendor =
            new ScriptedVendor(
                informational + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                informational + "HTTP/1.1 422 No\r\nContent-Length: 2\r\n\r\n{}",
                informational + "HTTP/1.1 204 No Content\r\n\r\n");
        VendorBench bench = crm(vendor.url())) {
      Event event = VendorBench.event("lead.changed", "{}");

      assertThat(bench.deliver(event).getException()).isNull();
      assertThat(bench.deliver(event).getException())
          .asInstanceOf(InstanceOfAssertFactories.type(HttpOperationFailedException.class))
          .extracting(HttpOperationFailedException::getStatusCode)
          .isEqualTo(422);
      assertThat(bench.deliver(event).getException()).isNull();
      assertThat(vendor.requests()).isEqualTo(3);
    }
  }

  private static VendorBench crm(String url) {
    return VendorBench.start(
        "crm",
        CRM,
        Map.of(
            "relay.destinations.crm.url",
            url,
            "relay.destinations.crm.api-key",
            "whsec_c29sYXItcmVsYXktdGVzdA=="));
  }

  @Test
  void theRoutesOfDestinationsThatAreOffStillLoad() throws Exception {
    VendorHttp http =
        new VendorHttp(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            32,
            new LimitCounter(new SimpleMeterRegistry()));
    Map<String, Object> beans = new HashMap<>(CRM);
    beans.put("vendorWebClientOptions", http.webClientOptions());
    beans.put("vendorHttpBinding", http.binding());
    beans.put("vendorListHttpBinding", http.listBinding());
    beans.put(
        "enerfloMapper",
        new EnerfloMapper(
            new EnerfloSettings(List.of(), "US", Optional.empty(), OptionalInt.empty())));
    beans.put("enerfloOutcomes", new EnerfloOutcomes());
    beans.put("solarProofMapper", new SolarProofMapper());
    beans.put("solarProofCall", new SolarProofCall());
    beans.put("solarProofOutcomes", new SolarProofOutcomes());
    beans.putAll(FlipBeans.with(Optional.empty()));
    List<String> routes =
        List.of("deliver-enerflo", "deliver-solarproof", "deliver-flip", "deliver-crm");
    String[] files = routes.stream().map("routes/%s.camel.yaml"::formatted).toArray(String[]::new);

    try (CamelContext context = RouteFiles.start(beans, new Properties(), files)) {
      assertThat(context.getRoutes()).extracting(Route::getRouteId).containsAll(routes);
    }
  }
}
