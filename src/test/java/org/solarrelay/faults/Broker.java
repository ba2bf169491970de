package org.solarrelay.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.solarrelay.PortAllocator;
import org.solarrelay.standalone.EmbeddedKafka;

/** A Kafka broker as a process of its own, always on the same port and data. */
final class Broker {

  private final Path data;
  private final int port = PortAllocator.next();
  private ChildJvm process;

  Broker(Path data) {
    this.data = data;
  }

  /** The process itself; lives until SIGTERM, which it takes for a clean end. */
  public static void main(String... args) throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]), Integer.parseInt(args[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
    Thread.currentThread().join();
  }

  void start() throws IOException {
    List<String> arguments =
        List.of(
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-cp",
            System.getProperty("java.class.path"),
            Broker.class.getName(),
            data.toString(),
            Integer.toString(port));
    process = ChildJvm.start("broker", Map.of(), arguments).once(this::isReady);
  }

  void stop() throws InterruptedException {
    process.stop();
  }

  /** What {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.kill();
  }

  /** For good, while this JVM ends. */
  void end() {
    if (process != null) {
      process.end();
    }
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  private boolean isReady() throws InterruptedException {
    Map<String, Object> connection =
        Map.of("bootstrap.servers", bootstrapServers(), "request.timeout.ms", 2000);
    try (Admin admin = Admin.create(connection)) {
      admin.describeCluster().nodes().get(2, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
