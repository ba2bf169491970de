package org.solarrelay.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.VendorStubs.ADD_LEAD;
import static org.solarrelay.VendorStubs.solarProof;
import static org.solarrelay.VendorStubs.stub;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.BusyVendors;
import org.solarrelay.RawTopicRecords;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.VendorStubs;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class BurstTest {

  private static final String SOLAR_PROOF = "/apidata.php";
  private static final int RECORDS = 500;
  private static final int EACH = 4;
  private static final int IN_FLIGHT = 32;
  private static final int BUSY = 28;
  private static final Pattern NOTE = Pattern.compile("Burst-(\\d+)-n(\\d)");

  private final BusyVendors vendors = RelayEnvironment.BUSY;

  @AfterEach
  void resetVendors() {
    VendorStubs.reset();
    vendors.reset();
  }

  @Test
  void eachDestinationKeepsItsCallsInFlightAndEveryRecordsOrder() {
    busy();
    long start = System.nanoTime();
    RawTopicRecords.send(leads());

    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> notes(ADD_LEAD).size() >= 2000 && notes(SOLAR_PROOF).size() >= 2000);
    System.out.printf(
        "BurstTest: 2,000 leads at both in %d ms; Enerflo %d, Solar Proof %d at once%n",
        Duration.ofNanos(System.nanoTime() - start).toMillis(),
        vendors.mostAtOnce(ADD_LEAD),
        vendors.mostAtOnce(SOLAR_PROOF));
    for (String vendor : List.of(ADD_LEAD, SOLAR_PROOF)) {
      assertThat(vendors.mostAtOnce(vendor)).isBetween(BUSY, IN_FLIGHT);
      assertThat(notes(vendor)).hasSize(RECORDS * EACH);
      byRecord(notes(vendor))
          .forEach((record, notes) -> assertThat(notes).as(record).containsExactly(0, 1, 2, 3));
    }
  }

  private static void busy() {
    VendorStubs.reset();
    stub(
        post(urlPathEqualTo(ADD_LEAD))
            .willReturn(
                okJson("{\"result\":\"success\",\"data\":{\"lead\":{\"id\":1}}}")
                    .withTransformers(BusyVendors.NAME)));
    stub(
        solarProof("getcustomerByemail")
            .willReturn(
                aResponse()
                    .withStatus(404)
                    .withBody("{\"code\":\"CUSTOMER_NOT_FOUND\",\"message\":\"none\"}")
                    .withTransformers(BusyVendors.NAME)));
    stub(
        solarProof("createcustomer")
            .willReturn(
                okJson("{\"Message\":\"ok\",\"id\":\"1\"}").withTransformers(BusyVendors.NAME)));
    stub(
        solarProof("updatecustomer")
            .willReturn(
                okJson("{\"Message\":\"ok\",\"CustomerId\":\"1\"}")
                    .withTransformers(BusyVendors.NAME)));
  }

  private static List<ProducerRecord<byte[], byte[]>> leads() {
    List<ProducerRecord<byte[], byte[]>> leads = new ArrayList<>();
    for (int n = 0; n < EACH; n++) {
      for (int record = 0; record < RECORDS; record++) {
        String data =
            """
            {"firstName":"Ada","lastName":"Burst-%d-n%d","email":"burst-%d@example.com",
             "mobile":"(801) 555-0100",
             "address":{"street":"1 Example St","city":"Provo","state":"UT","zip":"84601"}}"""
                .formatted(record, n, record);
        byte[] key = ("burst-" + record).getBytes(StandardCharsets.UTF_8);
        leads.add(new ProducerRecord<>("solar.leads", key, data.getBytes(StandardCharsets.UTF_8)));
      }
    }
    return leads;
  }

  private List<String> notes(String path) {
    return vendors.bodies(path, "Burst-");
  }

  private static Map<String, List<Integer>> byRecord(List<String> bodies) {
    Map<String, List<Integer>> notes = new HashMap<>();
    for (String body : bodies) {
      Matcher note = NOTE.matcher(body);
      assertThat(note.find()).isTrue();
      notes
          .computeIfAbsent(note.group(1), record -> new ArrayList<>())
          .add(Integer.parseInt(note.group(2)));
    }
    return notes;
  }
}
