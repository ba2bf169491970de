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
 * Runs a real Kafka broker of one node (KRaft) in this process, on loopback. The data persist: a
 * later start on the same directory has the same topics and records.
 */
public final class EmbeddedKafka implements AutoCloseable {

  /** Strong references, because java.util.logging drops unreferenced loggers with their levels. */
  private static final Map<Logger, Level> LOG_LEVELS =
      Map.of(
          Logger.getLogger("kafka"), Level.WARNING,
          Logger.getLogger("state.change.logger"), Level.WARNING,
          Logger.getLogger("org.apache.kafka"), Level.WARNING,
          // these two warn of normal events of a node that starts and stops
          Logger.getLogger("org.apache.kafka.controller.QuorumController"), Level.SEVERE,
          Logger.getLogger("org.apache.kafka.clients.NetworkClient"), Level.SEVERE);

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts the broker and waits until it serves clients.
   *
   * @param dir the data directory; created and formatted if it has no Kafka data yet
   * @param port the port for clients; 0 for any free one
   * @throws IOException if the directory cannot be formatted
   */
  public static EmbeddedKafka start(Path dir, int port) throws IOException {
    LOG_LEVELS.forEach(Logger::setLevel);
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

  /** Stops the broker, and waits until all records are on disk and the ports are free. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path log) throws IOException {
    if (Files.exists(log.resolve("meta.properties"))) {
      return;
    }
    // meta.properties is written last: without it, the files are from an interrupted format
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
