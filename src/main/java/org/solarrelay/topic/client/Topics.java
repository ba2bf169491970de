package org.solarrelay.topic.client;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;
import org.solarrelay.config.RelayConfig;

/** Names the relay's topics, creates missing ones, and sets their {@code max.message.bytes}. */
@Singleton
public class Topics {

  public static final String INBOX = "solar.inbox";
  static final List<String> EVENTS = List.of("solar.leads", "solar.projects", "solar.enrollments");
  static final String OUTCOMES = "solar.outcomes";
  static final String DEAD_LETTERS = "solar.dead-letters";

  private static final Logger LOG = Logger.getLogger(Topics.class);
  private static final long ROOM_FOR_HEADERS = 128 * 1024;

  private final KafkaClients clients;
  private final RelayConfig config;

  public Topics(KafkaClients clients, RelayConfig config) {
    this.clients = clients;
    this.config = config;
  }

  /**
   * Creates missing topics, and raises the size limit of existing ones to the configured size of
   * bodies, where the broker allows it.
   *
   * @return the topics that are missing because the broker denies their creation
   * @throws ExecutionException where the broker is unavailable; try again
   */
  public Set<String> prepare(Collection<String> topics)
      throws ExecutionException, InterruptedException {
    Set<String> missing = new TreeSet<>();
    try (Admin admin = clients.admin()) {
      Set<String> existing = admin.listTopics().names().get();
      for (String topic : topics) {
        if (existing.contains(topic)) {
          enlarge(admin, topic);
        } else if (!create(admin, topic)) {
          missing.add(topic);
        }
      }
    }
    return missing;
  }

  /** Whether fan-out reads the topic. */
  public static boolean carriesEvents(String topic) {
    return EVENTS.contains(topic);
  }

  static List<String> all() {
    List<String> all = new ArrayList<>(EVENTS);
    all.addAll(List.of(INBOX, OUTCOMES, DEAD_LETTERS));
    return all;
  }

  /**
   * @return false where the broker denies the creation
   */
  private boolean create(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    try {
      admin.createTopics(List.of(describe(topic))).all().get();
      LOG.infof("Created topic %s", topic);
    } catch (ExecutionException e) {
      if (isRefusal(e.getCause())) {
        return false;
      }
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
    return true;
  }

  /**
   * Whether the broker denies the creation until its settings change: a missing right, its policy,
   * or a colliding name such as {@code solar_permits} beside {@code solar.permits}.
   */
  static boolean isRefusal(Throwable failure) {
    return failure instanceof AuthorizationException
        || failure instanceof InvalidTopicException
        || failure instanceof PolicyViolationException;
  }

  private void enlarge(Admin admin, String topic) throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      Config current = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      long limit = Long.parseLong(current.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
      if (limit < largest(topic)) {
        ConfigEntry larger =
            new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(largest(topic)));
        AlterConfigOp set = new AlterConfigOp(larger, AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
        LOG.infof("Topic %s now accepts messages of up to %s bytes", topic, larger.value());
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
      LOG.warnf(
          "The broker denies access to the settings of topic %s: set its max.message.bytes"
              + " to %d",
          topic, largest(topic));
    }
  }

  NewTopic describe(String topic) {
    RelayConfig.Kafka kafka = config.kafka();
    Optional<Short> replicas =
        kafka.replication() < 1 ? Optional.empty() : Optional.of(kafka.replication());
    return new NewTopic(topic, Optional.of(kafka.partitions()), replicas)
        .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(largest(topic))));
  }

  private long largest(String topic) {
    // a dead letter has the record's own bytes and the relay_ headers
    long room = topic.equals(DEAD_LETTERS) ? 2 * ROOM_FOR_HEADERS : ROOM_FOR_HEADERS;
    return config.intake().maxBody().asLongValue() + room;
  }
}
