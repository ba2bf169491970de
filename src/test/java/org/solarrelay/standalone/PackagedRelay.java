package org.solarrelay.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.solarrelay.PortAllocator;
import org.solarrelay.faults.ChildJvm;

/** The packaged program as a separate process, in standalone mode on its own ports. */
final class PackagedRelay implements AutoCloseable {

  private static final String JAVA_OPTIONS = "-Xmx512m " + String.join(" ", ChildJvm.QUICK_START);

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** The street of all people in the cases; it must not appear in a log. */
  private static final String SOMEBODY = "@example.com";

  private final Path data;
  private final Map<String, String> environment;
  private final int port;
  private final int sandboxPort;
  private final int kafkaPort;
  private final Path log;
  private Process process;

  PackagedRelay(Path data, Map<String, String> environment) {
    this.port = PortAllocator.next();
    this.sandboxPort = PortAllocator.next();
    this.kafkaPort = PortAllocator.next();
    this.data = data;
    this.environment = environment;
    this.log = data.resolveSibling("relay.log");
  }

  /** Its PostgreSQL starts on an initialized cluster, as after an earlier run. */
  PackagedRelay onPreparedData() throws IOException {
    PostgresTemplate.copyTo(data.resolve("postgres"));
    return this;
  }

  /** Starts the program and waits until it accepts webhooks. */
  void start() throws IOException {
    List<String> command = new ArrayList<>(List.of("java"));
    command.addAll(List.of(JAVA_OPTIONS.split(" ")));
    command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
    startBy(command.toArray(String[]::new));
  }

  /** Starts the program by another command. */
  void startBy(String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder
        .environment()
        .putAll(
            Map.of(
                "RELAY_JAVA_OPTS", JAVA_OPTIONS,
                "RELAY_DATA_DIR", data.toString(),
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "QUARKUS_MANAGEMENT_PORT", Integer.toString(PortAllocator.next()),
                "RELAY_STANDALONE_KAFKA_PORT", Integer.toString(kafkaPort),
                "RELAY_SANDBOX_PORT", Integer.toString(sandboxPort)));
    builder.environment().putAll(environment);
    process = builder.start();
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> !process.isAlive() || post("/webhooks/flip", "{}") == 202);
    if (!process.isAlive()) {
      throw new IllegalStateException(Files.readString(log));
    }
  }

  /** Kills the process, like {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops the process like Kubernetes; true if it ends in time. */
  boolean stop() throws InterruptedException {
    process.destroy();
    return process.waitFor(30, TimeUnit.SECONDS);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  String kafka() {
    return "127.0.0.1:" + kafkaPort;
  }

  /** The body of the response; fails for an error status. */
  String call(String method, String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> response = send(method, port, path, body);
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  int post(String path, String body) throws IOException, InterruptedException {
    return send("POST", port, path, body).statusCode();
  }

  String get(String path) throws IOException, InterruptedException {
    return send("GET", port, path, "").body();
  }

  /** The status line of the response to a raw request. */
  String statusLine(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return statusLine(socket);
    }
  }

  /** The status line of the next response on a connection. */
  static String statusLine(Socket socket) throws IOException {
    return new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
        .readLine();
  }

  /** Opens a connection with a time-out of 10 s per read. */
  Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(10_000);
    return socket;
  }

  void setFaults(String vendor, String faults) throws IOException, InterruptedException {
    send("PUT", sandboxPort, "/sandbox/" + vendor, faults);
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  private static HttpResponse<String> send(String method, int port, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(10))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    assertThat(log()).doesNotContain(SOMEBODY);
  }
}
