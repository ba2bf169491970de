package org.solarrelay.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A broker that accepts TLS connections only, of a SCRAM user or with a client certificate. */
public final class EncryptedKafka implements AutoCloseable {

  public static final String USER = "relay";
  public static final String PASSWORD = "scram-password";

  private final Properties settings;
  private final int plainPort;
  private final int scramPort;
  private final int mutualPort;
  private KafkaRaftServer server;

  private EncryptedKafka(Path log, Certificates certificates) throws Exception {
    plainPort = LocalPorts.anyFree();
    scramPort = LocalPorts.anyFreeExcept(plainPort);
    mutualPort = LocalPorts.anyFree();
    settings = EmbeddedKafkaConfig.of(log, plainPort);
    String controller =
        settings.getProperty("controller.quorum.voters").replaceFirst(".*@", "CONTROLLER://");
    String own = "OWN://127.0.0.1:" + plainPort;
    String brokers =
        "SCRAM://127.0.0.1:%d,MUTUAL://127.0.0.1:%d,%s".formatted(scramPort, mutualPort, own);
    settings.put("listeners", brokers + "," + controller);
    settings.put("advertised.listeners", brokers);
    settings.put(
        "listener.security.protocol.map",
        "SCRAM:SASL_SSL,MUTUAL:SSL,OWN:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "OWN");
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    settings.put(
        "listener.name.scram.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put("ssl.keystore.location", certificates.signed("kafka").toString());
    settings.put("ssl.keystore.password", Certificates.PASSWORD);
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.location", certificates.ca().toString());
    settings.put("listener.name.mutual.ssl.client.auth", "required");
    startUp();
  }

  private void startUp() {
    server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
    server.startup();
  }

  public static EncryptedKafka start(Path dir, Certificates certificates) throws Exception {
    Path log = dir.resolve("log").toAbsolutePath();
    format(log);
    return new EncryptedKafka(log, certificates);
  }

  /** The listener that requires user and password. */
  public String scram() {
    return "127.0.0.1:" + scramPort;
  }

  /** The listener that requires a certificate. */
  public String mutual() {
    return "127.0.0.1:" + mutualPort;
  }

  /** Changes the password and closes all connections. */
  public void restartWithPassword(String password) throws Exception {
    Map<String, Object> own =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + plainPort);
    try (Admin admin = Admin.create(own)) {
      ScramCredentialInfo sha512 = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion(USER, sha512, password)))
          .all()
          .get();
    }
    close();
    startUp();
  }

  /** Changes the trusted authority of clients and closes all connections. */
  public void restartTrusting(Path authority) {
    settings.put("listener.name.mutual.ssl.truststore.type", "PEM");
    settings.put("listener.name.mutual.ssl.truststore.location", authority.toString());
    close();
    startUp();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path log) throws IOException {
    Files.createDirectories(log);
    try {
      new Formatter()
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
          .setNodeId(EmbeddedKafkaConfig.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .addDirectory(log.toString())
          .setMetadataLogDirectory(log.toString())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setScramArguments(
              List.of("SCRAM-SHA-512=[name=%s,password=%s]".formatted(USER, PASSWORD)))
          .run();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
