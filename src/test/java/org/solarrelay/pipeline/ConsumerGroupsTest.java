package org.solarrelay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.delivery.queue.NoQueue;
import org.solarrelay.event.Event;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.standalone.EmbeddedKafka;
import org.solarrelay.topic.TopicFixture;

/**
 * The pipeline reads on where a version of the program stopped that had its consumers in other
 * classes: under the same groups.
 */
class ConsumerGroupsTest {

  private static final Map<String, String> FROM_INTAKE =
      Map.of("relay_source", "enerflo", "relay_receipt", "receipt");

  @TempDir Path folder;
  private EmbeddedKafka broker;
  private TopicFixture fixture;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final List<String> translated = new CopyOnWriteArrayList<>();
  private final List<String> fannedOut = new CopyOnWriteArrayList<>();

  @BeforeEach
  void startBroker() throws IOException {
    broker = EmbeddedKafka.start(folder, 0);
    fixture = new TopicFixture(broker.bootstrapServers(), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    camel.stop();
    fixture.close();
    broker.close();
  }

  @Test
  void anUpgradeReadsOnWhereTheVersionBeforeStopped() throws Exception {
    for (int i = 0; i < 5; i++) {
      fixture.send("solar.inbox", "key", "{\"n\":%d}".formatted(i), FROM_INTAKE);
      fixture.send("solar.leads", "lead", "{\"lastName\":\"Brook %d\"}".formatted(i), Map.of());
    }
    fixture.commit("solar-relay-translate", "solar.inbox", 3);
    fixture.commit("solar-relay-fan-out", "solar.leads", 2);

    startPipeline();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                Long.valueOf(5).equals(fixture.committed("solar-relay-translate", "solar.inbox"))
                    && Long.valueOf(5)
                        .equals(fixture.committed("solar-relay-fan-out", "solar.leads")));
    assertThat(translated).containsExactly("3", "4");
    assertThat(fannedOut).containsExactly("solar.leads-0-2", "solar.leads-0-3", "solar.leads-0-4");
  }

  private void startPipeline() throws Exception {
    fixture.addTo(camel);
    camel.addRoutesConfigurations(new ErrorHandling());
    EventDelaySink delays = new EventDelaySink(new SimpleMeterRegistry(), fixture.config);
    camel.addRoutes(
        new PipelineRoutes(
            fixture.memory,
            new WebhookRecordReader(fixture.config),
            new WebhookDelayProcessor(delays, List.of()),
            new EventRecordReader(NoQueue.sink(), delays)));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:translate-enerflo")
                .process(
                    exchange -> {
                      Webhook webhook = exchange.getMessage().getBody(Webhook.class);
                      translated.add(webhook.body().get("n").asText());
                      exchange.getMessage().setBody(Translation.ignored("for the test"));
                    });
            from("direct:fan-out")
                .process(
                    exchange -> {
                      fannedOut.add(exchange.getMessage().getBody(Event.class).id());
                      // this test has no queue
                      throw new InvalidMessageException("for the test");
                    });
          }
        });
    camel.start();
  }
}
