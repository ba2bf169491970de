package org.solarrelay.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;

/** The broker's settings that differ from Kafka's defaults, for one node with little memory. */
final class EmbeddedKafkaConfig {
  static final int NODE_ID = 1;

  private EmbeddedKafkaConfig() {}

  static Properties of(Path log, int brokerPort) throws IOException {
    Properties config = new Properties();
    String controller = "127.0.0.1:" + LocalPorts.anyFreeExcept(brokerPort);
    String broker = "127.0.0.1:" + brokerPort;
    config.put("process.roles", "broker,controller");
    config.put("node.id", String.valueOf(NODE_ID));
    config.put("log.dirs", log.toString());
    config.put("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller);
    config.put("advertised.listeners", "PLAINTEXT://" + broker);
    config.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    config.put("controller.listener.names", "CONTROLLER");
    // with a fixed voter list the controller may use another port at each start
    config.put("controller.quorum.voters", NODE_ID + "@" + controller);
    config.put("auto.create.topics.enable", "false");
    addReplication(config);
    addMemoryLimits(config);
    return config;
  }

  private static void addReplication(Properties config) {
    config.put("default.replication.factor", "1");
    config.put("min.insync.replicas", "1");
    config.put("offsets.topic.replication.factor", "1");
    config.put("transaction.state.log.replication.factor", "1");
    config.put("transaction.state.log.min.isr", "1");
    config.put("share.coordinator.state.topic.replication.factor", "1");
    config.put("share.coordinator.state.topic.min.isr", "1");
    // after a kill the controller waits this long for the old broker
    config.put("broker.session.timeout.ms", "6000");
    config.put("broker.heartbeat.interval.ms", "500");
  }

  private static void addMemoryLimits(Properties config) {
    config.put("offsets.topic.num.partitions", "4");
    config.put("transaction.state.log.num.partitions", "4");
    config.put("share.coordinator.state.topic.num.partitions", "4");
    config.put("num.network.threads", "2");
    config.put("num.io.threads", "4");
    config.put("background.threads", "2");
    config.put("log.cleaner.dedupe.buffer.size", String.valueOf(2 * 1024 * 1024));
    config.put("group.initial.rebalance.delay.ms", "0");
    // keeps the consumers' offsets even if the relay does not run for a month
    config.put("offsets.retention.minutes", String.valueOf(60 * 24 * 90));
  }
}
