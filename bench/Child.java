import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM that this benchmark starts, and that ends with it. */
final class Child implements AutoCloseable {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 40;

  private interface Sign {
    boolean seen() throws IOException, InterruptedException;
  }

  private final Process process;
  private final String name;
  private final Path log;

  private Child(Process process, String name, Path log) {
    this.process = process;
    this.name = name;
    this.log = log;
  }

  /**
   * @param work its working directory, where its output goes too
   * @param args of {@code java}
   */
  static Child start(Path work, String name, Map<String, String> environment, List<String> args)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(JAVA.toString()));
    command.addAll(args);
    Path log = work.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Child child = new Child(builder.start(), name, log);
    Runtime.getRuntime().addShutdownHook(new Thread(child.process::destroyForcibly));
    return child;
  }

  /** Returns once it has said this. */
  Child saying(String text) throws IOException, InterruptedException {
    return await(() -> Files.readString(log).contains(text));
  }

  /** Returns once it knows the address webhooks are sent to. */
  Child servingWebhooksOn(int port) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:%d/webhooks/enerflo".formatted(port));
    return await(() -> statusOfGet(address) == METHOD_NOT_ALLOWED);
  }

  /** The processor time it has used so far, its JVM's own threads included. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Child await(Sign sign) throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!sign.seen()) {
      if (!process.isAlive() || System.nanoTime() > until) {
        close();
        throw new IOException("%s did not start:%n%s".formatted(name, Files.readString(log)));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return this;
  }

  private static int statusOfGet(URI address) throws InterruptedException {
    try {
      return HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    }
  }
}
