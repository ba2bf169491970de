package org.solarrelay.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker of one node (KRaft, no ZooKeeper) in this process, on loopback only. Its data
 * outlives it: starting again on the same directory finds the same topics and records.
 */
public final class EmbeddedKafka implements AutoCloseable {

  /** Held here because java.util.logging forgets a level once nobody holds the logger. */
  private static final Map<Logger, Level> QUIET =
      Map.of(
          Logger.getLogger("kafka"), Level.WARNING,
          Logger.getLogger("state.change.logger"), Level.WARNING,
          Logger.getLogger("org.apache.kafka"), Level.WARNING,
          // these two warn of what is ordinary for one node that starts and stops
          Logger.getLogger("org.apache.kafka.controller.QuorumController"), Level.SEVERE,
          Logger.getLogger("org.apache.kafka.clients.NetworkClient"), Level.SEVERE);

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts the broker and returns once it answers clients.
   *
   * @param dir where it keeps everything; made and formatted when it holds no Kafka data yet
   * @param port the port clients use, 0 for any free one
   * @throws IOException when the directory cannot be formatted
   */
  public static EmbeddedKafka start(Path dir, int port) throws IOException {
    QUIET.forEach(Logger::setLevel);
    Path log = dir.resolve("log").toAbsolutePath();
    format(log);
    int brokerPort = port == 0 ? LocalPorts.anyFree() : port;
    KafkaConfig config = KafkaConfig.fromProps(EmbeddedKafkaConfig.of(log, brokerPort));
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException e) {
      server.shutdown();
      throw e;
    }
    return new EmbeddedKafka(server, "127.0.0.1:" + brokerPort);
  }

  /** {@code host:port} for a client's {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Returns once every record is on disk and the ports are free again. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path log) throws IOException {
    if (Files.exists(log.resolve("meta.properties"))) {
      return;
    }
    // meta.properties is written last: without it, what is here is the rest of a format cut short
    Files.createDirectories(log);
    Files.deleteIfExists(log.resolve("bootstrap.checkpoint"));
    try {
      new Formatter()
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
          .setNodeId(EmbeddedKafkaConfig.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .addDirectory(log.toString())
          .setMetadataLogDirectory(log.toString())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (Exception e) {
      throw new IOException("Kafka's directory " + log + " could not be formatted", e);
    }
  }
}
