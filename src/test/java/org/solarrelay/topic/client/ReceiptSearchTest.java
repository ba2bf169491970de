package org.solarrelay.topic.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.solarrelay.HistoryClient;
import org.solarrelay.Producers;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.Senders;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.RelaySettings;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.event.Receipt;
import org.solarrelay.event.RecordPosition;

/** Searches for a relay whose stages have read nothing yet. */
@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class ReceiptSearchTest {

  private final String group = "search-" + UUID.randomUUID();
  private final StageTopics stageTopics = new StageTopics();

  @Test
  void aWebhookIsFoundAmongThoseThatWait() throws Exception {
    String first = lead();
    String last = lead();
    ReceiptSearch search = search(Map.of());

    assertThat(search.find(first)).contains(ReceiptSearch.Stage.TRANSLATE);
    assertThat(search.find(last)).contains(ReceiptSearch.Stage.TRANSLATE);
    assertThat(search.find(Receipt.create())).isEmpty();
    search.close();
  }

  @Test
  void whatWasReadToTheEndIsNotSearched() throws Exception {
    String receipt = lead();
    HistoryClient.awaitDelivery(receipt, "crm");
    ReceiptSearch search =
        search(Map.of("relay.kafka.group-prefix", "solar-relay", "relay.search.max-bytes", "1"));

    assertThat(search.find(Receipt.create())).isEmpty();
    search.close();
  }

  @Test
  void severalSearchesAtOnceFindTheirReceipts() throws Exception {
    List<String> receipts = IntStream.range(0, 6).mapToObj(n -> lead()).toList();
    ReceiptSearch search = search(Map.of());
    ExecutorService threads = Executors.newFixedThreadPool(receipts.size());
    List<Callable<Boolean>> searches =
        receipts.stream().<Callable<Boolean>>map(one -> () -> found(search, one)).toList();

    for (Future<Boolean> found : threads.invokeAll(searches)) {
      assertThat(found.get()).isTrue();
    }
    threads.shutdown();
    search.close();
  }

  @Test
  void aSearchThatReachesItsBoundSaysSo() {
    lead();
    ReceiptSearch search = search(Map.of("relay.search.max-bytes", "1"));
    String unknown = Receipt.create();

    assertThatThrownBy(
            () -> {
              lead();
              search.find(unknown);
            })
        .isInstanceOf(ReceiptSearch.UnfinishedException.class)
        .hasMessageContaining("too large to search to its end");
    search.close();
  }

  @Test
  void aMessageOnATopicOfOnesOwnWaitsForItsRoute() throws Exception {
    String topic = "solar.search-" + UUID.randomUUID();
    new Topics(clients(config(Map.of())), config(Map.of())).prepare(List.of(topic));
    String position = RecordPosition.of(Producers.send(topic, "K-1", "{}"));
    ReceiptSearch search = search(Map.of());

    assertThat(search.waitsFor(position)).isEmpty();
    stageTopics.add("consume-search", List.of(topic));
    assertThat(search.waitsFor(position)).contains("waits for the route consume-search");
    assertThat(search.waitsFor(topic + "-0-999")).isEmpty();
    search.close();
  }

  @Test
  void aKafkaThatIsAwayIsNoEmptyResult() {
    ReceiptSearch search =
        search(
            Map.of(
                "relay.kafka.bootstrap-servers", "localhost:1", "relay.search.longest", "PT0.5S"));

    assertThatThrownBy(() -> search.find(Receipt.create()))
        .isInstanceOf(ReceiptSearch.UnfinishedException.class)
        .hasMessage("Kafka does not respond");
    search.close();
  }

  /** Under load a search may not finish and is repeated. */
  private static boolean found(ReceiptSearch search, String receipt) throws Exception {
    for (int n = 0; n < 20; n++) {
      try {
        return search.find(receipt).isPresent();
      } catch (ReceiptSearch.UnfinishedException e) {
        // the next try may get a turn
      }
    }
    return false;
  }

  private ReceiptSearch search(Map<String, String> more) {
    RelayConfig config = config(more);
    return new ReceiptSearch(clients(config), config, stageTopics);
  }

  private static KafkaClients clients(RelayConfig config) {
    return new KafkaClients(config, ConfigProvider.getConfig(), new JsonMemory(config));
  }

  private RelayConfig config(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("relay.kafka.bootstrap-servers", RelayEnvironment.bootstrapServers());
    settings.put("relay.kafka.group-prefix", group);
    settings.put("relay.search.longest", "PT10S");
    settings.putAll(more);
    return RelaySettings.of(settings);
  }

  private static String lead() {
    return Senders.leads("{\"email\":\"%s@example.com\"}".formatted(UUID.randomUUID()));
  }
}
