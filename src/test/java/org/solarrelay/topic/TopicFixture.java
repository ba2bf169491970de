package org.solarrelay.topic;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.database.BatchSplitter.Rejected;
import org.solarrelay.delivery.RelaySettings;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.ops.telemetry.DeadLetterCounter;
import org.solarrelay.ops.telemetry.LimitCounter;
import org.solarrelay.ops.telemetry.RelayTracer;
import org.solarrelay.ops.telemetry.StageMetrics;
import org.solarrelay.routes.SwappableDirect;
import org.solarrelay.topic.client.KafkaClients;
import org.solarrelay.topic.client.RecordPublisher;
import org.solarrelay.topic.client.SecuredKafkaClientFactory;
import org.solarrelay.topic.client.StageTopics;
import org.solarrelay.topic.client.TopicPreparation;
import org.solarrelay.topic.client.Topics;

/** The component {@code topic:} in plain Camel over a real broker; faults are made by hand. */
public final class TopicFixture implements AutoCloseable {

  /** Where routes of a test store what they have read. */
  public final class Storage implements RecordBatch.Sink<String> {
    public final List<String> stored = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private final AtomicInteger failed = new AtomicInteger();

    public void away(boolean now) {
      away = now;
    }

    public int failures() {
      return failed.get();
    }

    @Override
    public RecordBatch.Phase phase() {
      return RecordBatch.Phase.DATABASE;
    }

    @Override
    public List<Rejected<String>> store(List<String> items) throws SQLException {
      if (away) {
        failed.incrementAndGet();
        throw new SQLException("the storage is away", "08006");
      }
      stored.addAll(items);
      return List.of();
    }
  }

  /** Reasons of dead records, by id. */
  public final Map<String, String> dead = new ConcurrentHashMap<>();

  public final Storage storage = new Storage();
  public final MeterRegistry metrics = new SimpleMeterRegistry();
  public final RelayConfig config;
  public final JsonMemory memory;

  /** What the next polls throw. */
  public final ConcurrentLinkedQueue<RuntimeException> pollFailures = new ConcurrentLinkedQueue<>();

  public final AtomicInteger opened = new AtomicInteger();

  private final Set<String> created = ConcurrentHashMap.newKeySet();
  private final KafkaClients clients;
  private final RecordPublisher log;
  private final TopicPreparation preparation;
  private final TopicComponent component;
  private final Admin admin;

  public TopicFixture(String bootstrapServers, Duration pollInterval) {
    this.config =
        RelaySettings.of(
            Map.of(
                "relay.kafka.bootstrap-servers", bootstrapServers, "relay.kafka.partitions", "2"));
    this.memory = new JsonMemory(config);
    SmallRyeConfig settings = new SmallRyeConfigBuilder().build();
    this.clients = new KafkaClients(config, settings, memory);
    this.log = new RecordPublisher(clients);
    this.preparation =
        new TopicPreparation(new Topics(clients, config), new SecuredKafkaClientFactory(settings));
    DeadLetterCounter letters = new DeadLetterCounter(metrics, new ReloadableConfig(config));
    TopicReaders readers =
        new TopicReaders(
            config,
            clients,
            preparation,
            new StageTopics(),
            new Outcomes(),
            RelayTracer.OFF,
            new StageMeters(metrics, new StageMetrics(metrics), letters),
            memory,
            new LimitCounter(metrics)) {
          @Override
          Consumer<byte[], byte[]> open(String stage, int maxRecords) {
            opened.incrementAndGet();
            return failing(clients.consumer(stage, maxRecords, pollInterval));
          }
        };
    this.component = new TopicComponent(readers, preparation, new TopicSink(log));
    this.admin = clients.admin();
  }

  /** Adds {@code topic:}, and {@code direct:} where it is not there. */
  public void addTo(CamelContext camel) {
    if (camel.hasComponent("direct") == null) {
      camel.addComponent("direct", new SwappableDirect());
    }
    camel.addComponent("topic", component);
  }

  /** A step: what a record's value is, is stored with its batch. */
  public void store(Exchange exchange) throws Exception {
    store(exchange, "");
  }

  /** The same, with something before the value. */
  public void store(Exchange exchange, String mark) throws Exception {
    RecordBatch.add(exchange, storage, mark + text(BatchRecord.of(exchange).orElseThrow()));
  }

  /** Appends a record to a topic, to partition 0. */
  public void send(String topic, String key, String value, Map<String, String> headers)
      throws ExecutionException, InterruptedException {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, 0, bytes(key), bytes(value));
    headers.forEach((name, text) -> record.headers().add(name, bytes(text)));
    create(topic);
    log.append(List.of(record));
  }

  public void send(String topic, String... values) throws ExecutionException, InterruptedException {
    for (String value : values) {
      send(topic, "key", value, Map.of());
    }
  }

  /** Where a group has committed that it is, in partition 0; null where it has not. */
  public Long committed(String group, String topic)
      throws ExecutionException, InterruptedException {
    OffsetAndMetadata offset =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get()
            .get(new TopicPartition(topic, 0));
    return offset == null ? null : offset.offset();
  }

  /** Commits for a group as an earlier version of the program has. */
  public void commit(String group, String topic, long offset)
      throws ExecutionException, InterruptedException {
    admin
        .alterConsumerGroupOffsets(
            group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
        .all()
        .get();
  }

  /** The ids that the group's coordinator gave its members. */
  public List<String> members(String group) throws ExecutionException, InterruptedException {
    return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
        .map(member -> member.consumerId())
        .toList();
  }

  /** How many records there are on all partitions of a topic. */
  public long end(String topic) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> partitions =
        admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
            .collect(
                Collectors.toMap(
                    it -> new TopicPartition(topic, it.partition()), it -> OffsetSpec.latest()));
    return admin.listOffsets(partitions).all().get().values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  /** Whether a topic is prepared for a route that reads it. */
  public boolean isPrepared(String topic) {
    return preparation.arePrepared(List.of(topic));
  }

  /** The topics that there are. */
  public List<String> topics() throws ExecutionException, InterruptedException {
    return admin.listTopics().names().get().stream().sorted().collect(Collectors.toList());
  }

  /** Creates topics, where they are missing. */
  public void create(String... topics) throws ExecutionException, InterruptedException {
    List<String> missing = Stream.of(topics).filter(topic -> !created.contains(topic)).toList();
    if (!missing.isEmpty()) {
      new Topics(clients, config).prepare(missing);
      created.addAll(missing);
    }
  }

  @Override
  public void close() {
    log.close();
    admin.close(Duration.ofSeconds(1));
  }

  private static String text(BatchRecord record) {
    return new String(record.record().value(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @SuppressWarnings("unchecked")
  private Consumer<byte[], byte[]> failing(Consumer<byte[], byte[]> real) {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Consumer.class},
            (proxy, method, arguments) -> {
              RuntimeException failure =
                  method.getName().equals("poll") ? pollFailures.poll() : null;
              if (failure != null) {
                throw failure;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private final class Outcomes implements RecordOutcomeHandler {
    @Override
    public void dead(BatchRecord record, String reason) {
      dead.put(record.id(), record.stage() + ": " + reason);
    }

    @Override
    public void ignored(BatchRecord record, String reason) {
      dead.put(record.id(), "ignored: " + reason);
    }

    @Override
    public boolean isMessageFault(Exchange exchange, Exception failure) {
      return !(failure instanceof SQLException);
    }

    @Override
    public void failed(BatchRecord record, Exchange exchange, Exception failure) {
      record.dead(failure.getMessage());
    }
  }
}
