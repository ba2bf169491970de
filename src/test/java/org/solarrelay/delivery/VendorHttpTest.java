package org.solarrelay.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.solarrelay.RouteFiles;
import org.solarrelay.crm.CrmAnswers;
import org.solarrelay.crm.CrmMapper;
import org.solarrelay.crm.CrmSignature;

class VendorHttpTest {

  private static final Map<String, Object> CRM =
      Map.of(
          "crmMapper", new CrmMapper(),
          "crmSignature", new CrmSignature(),
          "crmAnswers", new CrmAnswers());

  @Test
  void httpsToAPortIsNeverSpokenInTheClear() {
    try (VendorBench bench = crm("https://localhost:PORT")) {
      Exception failure = bench.deliver(VendorBench.event("lead.changed", "{}")).getException();

      assertThat(failure).isInstanceOf(IOException.class);
      bench.vendor().verify(0, anyRequestedFor(anyUrl()));
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

  static Stream<String> deliveryRoutes() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("deliver-.*\\.camel\\.yaml"))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("deliveryRoutes")
  void theRouteOfADestinationThatIsOffStillLoads(String file) throws Exception {
    VendorHttp http = new VendorHttp(Duration.ofSeconds(5), Duration.ofSeconds(15), 32);
    Map<String, Object> beans =
        Map.of(
            "vendorWebClientOptions", http.webClientOptions(),
            "vendorHttpBinding", http.binding());

    try (CamelContext context =
        RouteFiles.start(withPlaceholders(beans), new Properties(), "routes/" + file)) {
      assertThat(context.getRoutes())
          .extracting(Route::getRouteId)
          .contains(file.replace(".camel.yaml", ""));
    }
  }

  /** The routes look their beans up as they load, whatever these can do. */
  private static Map<String, Object> withPlaceholders(Map<String, Object> beans) {
    Map<String, Object> all = new HashMap<>(beans);
    for (String system : List.of("enerflo", "solarProof", "flip", "crm")) {
      for (String role : List.of("Mapper", "Answers", "Call", "Tokens", "Signature")) {
        all.put(system + role, new Object());
      }
    }
    return all;
  }
}
