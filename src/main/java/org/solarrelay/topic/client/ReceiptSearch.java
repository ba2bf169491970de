package org.solarrelay.topic.client;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.solarrelay.config.PipelineStage;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.event.Receipt;

/**
 * Finds messages that no stage has processed yet: records between a stage's committed offset and
 * the end of its topic. A search uses a consumer without a group and stays within the limits of
 * {@link RelayConfig.Search}. Where a stage has no backlog, the search reads no record.
 */
@Singleton
public class ReceiptSearch {

  /** The stage that a webhook or message waits for. */
  public enum Stage {
    TRANSLATE("waits to be translated"),
    FAN_OUT("waits for fan-out");

    private final String reason;

    Stage(String reason) {
      this.reason = reason;
    }

    /** The reason of the state {@code accepted}. */
    public String reason() {
      return reason;
    }
  }

  /** The search did not finish: Kafka is unavailable, or a limit was reached. */
  public static final class UnfinishedException extends Exception {
    UnfinishedException(String reason) {
      super(reason, null, false, false);
    }
  }

  private record Range(long from, long to) {}

  private static final Pattern POSITION =
      Pattern.compile("([\\w.-]{1,249})-(\\d{1,9})-(\\d{1,18})");

  /**
   * Tolerance: a receipt is issued just before its record is written, and clocks of pods differ.
   */
  private static final Duration TOLERANCE_BEFORE = Duration.ofMinutes(1);

  private static final Duration TOLERANCE_AFTER = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE = Duration.ofMillis(500);
  private static final int MAX_SEARCHES = 2;

  private final KafkaClients clients;
  private final RelayConfig config;
  private final StageTopics stageTopics;
  private final Semaphore searches = new Semaphore(MAX_SEARCHES, true);
  private Admin admin;

  ReceiptSearch(KafkaClients clients, RelayConfig config, StageTopics stageTopics) {
    this.clients = clients;
    this.config = config;
    this.stageTopics = stageTopics;
  }

  @PreDestroy
  synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
    }
  }

  /**
   * Returns the stage that a webhook waits for.
   *
   * @return empty where it waits for no stage, or the text is no receipt
   * @throws UnfinishedException where the search did not finish
   */
  public Optional<Stage> find(String receipt) throws UnfinishedException {
    Optional<Instant> issued = Receipt.issuedAt(receipt);
    return issued.isEmpty() ? Optional.empty() : limited(() -> find(receipt, issued.get()));
  }

  /**
   * Returns the receipt or the event's id of the record at a position.
   *
   * @return empty where no topic of the relay has the record, or the record has neither id
   * @throws UnfinishedException where the record could not be read
   */
  public Optional<String> idAt(String position) throws UnfinishedException {
    return recordAt(position).flatMap(ReceiptSearch::idOf);
  }

  /**
   * Returns the record at a position.
   *
   * @return empty where no topic of the relay has the record
   * @throws UnfinishedException where the record could not be read
   */
  public Optional<ConsumerRecord<byte[], byte[]>> recordAt(String position)
      throws UnfinishedException {
    Matcher parts = POSITION.matcher(position);
    if (!parts.matches() || !isPipelineTopic(parts.group(1))) {
      return Optional.empty();
    }
    TopicPartition partition = new TopicPartition(parts.group(1), Integer.parseInt(parts.group(2)));
    long offset = Long.parseLong(parts.group(3));
    return limited(() -> recordAt(partition, offset));
  }

  /** Returns the stage that a record waits for; empty where it was processed or does not exist. */
  public Optional<Stage> stageOf(String position) throws UnfinishedException {
    Matcher parts = POSITION.matcher(position);
    if (!parts.matches() || !isPipelineTopic(parts.group(1))) {
      return Optional.empty();
    }
    Stage stage = parts.group(1).equals(Topics.INBOX) ? Stage.TRANSLATE : Stage.FAN_OUT;
    TopicPartition partition = new TopicPartition(parts.group(1), Integer.parseInt(parts.group(2)));
    Range unread = limited(() -> unread(stage).get(partition));
    long offset = Long.parseLong(parts.group(3));
    return unread != null && offset >= unread.from && offset < unread.to
        ? Optional.of(stage)
        : Optional.empty();
  }

  /**
   * Returns what a message on an engineer's topic waits for, as a sentence.
   *
   * @return empty where it was processed, or no route reads its topic
   * @throws UnfinishedException where the search did not finish
   */
  public Optional<String> waitsFor(String position) throws UnfinishedException {
    Matcher parts = POSITION.matcher(position);
    if (!parts.matches() || isPipelineTopic(parts.group(1))) {
      return Optional.empty();
    }
    TopicPartition partition = new TopicPartition(parts.group(1), Integer.parseInt(parts.group(2)));
    long offset = Long.parseLong(parts.group(3));
    List<String> stages = stageTopics.stagesOf(parts.group(1));
    for (String stage : stages) {
      Range unread = limited(() -> unread(stage, List.of(parts.group(1))).get(partition));
      if (unread != null && offset >= unread.from && offset < unread.to) {
        return Optional.of("waits for the route " + stage);
      }
    }
    return !stages.isEmpty() && limited(() -> hasEventBeforeFanOut(position))
        ? Optional.of(Stage.FAN_OUT.reason())
        : Optional.empty();
  }

  /** Searches for events of a message. Their receipt is the message's position. */
  private boolean hasEventBeforeFanOut(String position)
      throws UnfinishedException, ExecutionException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + longest().toNanos();
    Instant latest = Instant.now().plus(TOLERANCE_AFTER);
    return contains(unread(Stage.FAN_OUT), "ce_receipt", position, latest, deadline);
  }

  private static boolean isPipelineTopic(String topic) {
    return topic.equals(Topics.INBOX) || Topics.EVENTS.contains(topic);
  }

  private interface Search<T> {
    T run() throws UnfinishedException, ExecutionException, InterruptedException, TimeoutException;
  }

  private <T> T limited(Search<T> search) throws UnfinishedException {
    boolean admitted = false;
    try {
      admitted = searches.tryAcquire(longest().toMillis(), TimeUnit.MILLISECONDS);
      if (!admitted) {
        throw new UnfinishedException("too many searches of Kafka run at once");
      }
      return search.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnfinishedException("the search of Kafka was interrupted");
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new UnfinishedException("Kafka does not respond");
    } finally {
      if (admitted) {
        searches.release();
      }
    }
  }

  /**
   * Searches the inbox first, because translate commits only after its events are on their topics.
   */
  private Optional<Stage> find(String receipt, Instant issued)
      throws UnfinishedException, ExecutionException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + longest().toNanos();
    for (Stage stage : Stage.values()) {
      String header = stage == Stage.TRANSLATE ? "relay_receipt" : "ce_receipt";
      Map<TopicPartition, Range> unread = since(issued.minus(TOLERANCE_BEFORE), unread(stage));
      if (contains(unread, header, receipt, issued.plus(TOLERANCE_AFTER), deadline)) {
        return Optional.of(stage);
      }
    }
    return Optional.empty();
  }

  private Map<TopicPartition, Range> unread(Stage stage)
      throws ExecutionException, InterruptedException, TimeoutException {
    return stage == Stage.TRANSLATE
        ? unread(PipelineStage.TRANSLATE.id(), List.of(Topics.INBOX))
        : unread(PipelineStage.FAN_OUT.id(), Topics.EVENTS);
  }

  private Map<TopicPartition, Range> unread(String stage, List<String> topics)
      throws ExecutionException, InterruptedException, TimeoutException {
    String group = config.kafka().groupPrefix() + "-" + stage;
    // read the committed offsets first, so that a record written meanwhile counts as unread
    ListConsumerGroupOffsetsResult committed = admin().listConsumerGroupOffsets(group);
    Map<TopicPartition, OffsetAndMetadata> read = get(committed.partitionsToOffsetAndMetadata());
    Map<TopicPartition, Long> ends = offsets(partitions(topics), OffsetSpec.latest());
    Map<TopicPartition, Range> unread = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          OffsetAndMetadata offset = read.get(partition);
          long from = offset == null ? 0 : offset.offset();
          if (from < end) {
            unread.put(partition, new Range(from, end));
          }
        });
    return unread;
  }

  private List<TopicPartition> partitions(List<String> topics)
      throws ExecutionException, InterruptedException, TimeoutException {
    List<TopicPartition> all = new ArrayList<>();
    for (TopicDescription topic : get(admin().describeTopics(topics).allTopicNames()).values()) {
      topic.partitions().forEach(one -> all.add(new TopicPartition(topic.name(), one.partition())));
    }
    return all;
  }

  /** Skips records that were written before a time. */
  private Map<TopicPartition, Range> since(Instant time, Map<TopicPartition, Range> ranges)
      throws ExecutionException, InterruptedException, TimeoutException {
    if (ranges.isEmpty()) {
      return ranges;
    }
    OffsetSpec spec = OffsetSpec.forTimestamp(time.toEpochMilli());
    Map<TopicPartition, Long> first = offsets(ranges.keySet(), spec);
    Map<TopicPartition, Range> later = new HashMap<>();
    ranges.forEach(
        (partition, range) -> {
          // negative where nothing was written since
          long from = first.get(partition);
          if (from >= 0 && from < range.to) {
            later.put(partition, new Range(Math.max(from, range.from), range.to));
          }
        });
    return later;
  }

  private Map<TopicPartition, Long> offsets(Iterable<TopicPartition> partitions, OffsetSpec spec)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, spec));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> found :
        get(admin().listOffsets(wanted).all()).entrySet()) {
      offsets.put(found.getKey(), found.getValue().offset());
    }
    return offsets;
  }

  private boolean contains(
      Map<TopicPartition, Range> ranges,
      String header,
      String receipt,
      Instant latest,
      long deadline)
      throws UnfinishedException {
    if (ranges.isEmpty()) {
      return false;
    }
    Map<TopicPartition, Range> remaining = new HashMap<>(ranges);
    long bytes = 0;
    try (SearchConsumer reader = new SearchConsumer(clients.searchConsumer())) {
      reader.assign(remaining);
      while (!remaining.isEmpty()) {
        if (System.nanoTime() > deadline) {
          throw tooLarge();
        }
        for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
          bytes += Math.max(record.serializedValueSize(), 0);
          if (receipt.equals(text(record, header))) {
            return true;
          }
          if (bytes > config.search().maxBytes().asLongValue()) {
            throw tooLarge();
          }
          if (record.timestamp() > latest.toEpochMilli()) {
            remaining.remove(new TopicPartition(record.topic(), record.partition()));
          }
        }
        remaining.entrySet().removeIf(one -> reader.position(one.getKey()) >= one.getValue().to);
        reader.pauseAllBut(remaining.keySet());
      }
      return false;
    }
  }

  private static UnfinishedException tooLarge() {
    return new UnfinishedException("the backlog is too large to search to its end");
  }

  private Optional<ConsumerRecord<byte[], byte[]>> recordAt(TopicPartition partition, long offset)
      throws UnfinishedException, ExecutionException, InterruptedException, TimeoutException {
    if (!partitions(List.of(partition.topic())).contains(partition)) {
      return Optional.empty();
    }
    long start = offsets(List.of(partition), OffsetSpec.earliest()).get(partition);
    long end = offsets(List.of(partition), OffsetSpec.latest()).get(partition);
    if (offset < start || offset >= end) {
      return Optional.empty();
    }
    long deadline = System.nanoTime() + longest().toNanos();
    try (SearchConsumer reader = new SearchConsumer(clients.searchConsumer())) {
      reader.assign(Map.of(partition, new Range(offset, end)));
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
          return record.offset() != offset ? Optional.empty() : Optional.of(record);
        }
      }
    }
    throw new UnfinishedException("Kafka does not respond");
  }

  private static Optional<String> idOf(ConsumerRecord<byte[], byte[]> record) {
    String receipt = text(record, "relay_receipt");
    return Optional.ofNullable(receipt != null ? receipt : text(record, "ce_id"));
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private <T> T get(KafkaFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(longest().toMillis(), TimeUnit.MILLISECONDS);
  }

  private Duration longest() {
    return config.search().longest();
  }

  private synchronized Admin admin() {
    if (admin == null) {
      admin = clients.admin();
    }
    return admin;
  }

  /** A consumer of a search, closed with it. */
  private record SearchConsumer(Consumer<byte[], byte[]> consumer) implements AutoCloseable {

    void assign(Map<TopicPartition, Range> ranges) {
      consumer.assign(ranges.keySet());
      ranges.forEach((partition, range) -> consumer.seek(partition, range.from));
    }

    Iterable<ConsumerRecord<byte[], byte[]>> poll() {
      return consumer.poll(POLL);
    }

    long position(TopicPartition partition) {
      return consumer.position(partition, POLL);
    }

    void pauseAllBut(Set<TopicPartition> wanted) {
      consumer.assignment().stream()
          .filter(partition -> !wanted.contains(partition))
          .forEach(partition -> consumer.pause(List.of(partition)));
    }

    @Override
    public void close() {
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }
}
