import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as a process, timed from before its first instruction. */
final class Pod implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int ACCEPTED = 202;
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 40;
  private static final long BETWEEN_TRIES_MILLIS = 5;

  private final Process process;
  private final long launched;
  private final Path log;
  private final URI leads;
  private final String token;

  private Pod(Process process, long launched, Path log, URI leads, String token) {
    this.process = process;
    this.launched = launched;
    this.log = log;
    this.leads = leads;
    this.token = token;
  }

  /**
   * @param command java and all its arguments
   * @param environment QUARKUS_HTTP_PORT and WEBHOOK_TOKEN_LEADS among others
   */
  static Pod launch(Path log, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile()).environment().putAll(environment);
    URI leads =
        URI.create(
            "http://127.0.0.1:%s/webhooks/leads".formatted(environment.get("QUARKUS_HTTP_PORT")));
    long launched = System.nanoTime();
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new Pod(process, launched, log, leads, environment.get("WEBHOOK_TOKEN_LEADS"));
  }

  /** How long after its launch it accepted this lead, tried without a pause. */
  Duration untilAccepted(String lead) throws IOException, InterruptedException {
    while (status(lead) != ACCEPTED) {
      if (!process.isAlive() || sinceLaunch().toSeconds() > START_SECONDS) {
        throw new IOException("it did not start:\n" + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
    }
    return sinceLaunch();
  }

  void accept(String lead) throws IOException, InterruptedException {
    int status = status(lead);
    if (status != ACCEPTED) {
      throw new IOException("a lead was answered " + status);
    }
  }

  /** What the operating system counts, code and threads and caches included, in MiB. */
  long residentMebibytes() throws IOException {
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", "" + process.pid()).start();
    String kibibytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Long.parseLong(kibibytes.strip()) / 1024;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private Duration sinceLaunch() {
    return Duration.ofNanos(System.nanoTime() - launched);
  }

  /** The status of the response; 0 while the port is not open. */
  private int status(String lead) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(leads)
            .header("Content-Type", "application/json")
            .header("X-Webhook-Token", token)
            .POST(BodyPublishers.ofString(lead))
            .build();
    try {
      return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    } catch (ConnectException e) {
      return 0;
    }
  }
}
