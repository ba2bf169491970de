package org.solarrelay.dryrun;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs route specs for a person or a build: prints a line per case, and why a case failed. */
public final class SpecCommand {

  private static final int PASSED = 0;
  private static final int FAILED = 1;
  private static final int NOT_RUN = 2;

  private final Path routes;
  private final PrintStream out;

  /**
   * @param routes the folder of the route files; the specs are in {@code tests/} below it
   */
  public SpecCommand(Path routes, PrintStream out) {
    this.routes = routes;
    this.out = out;
  }

  /**
   * @param files the spec files to run; all if empty
   * @return 0 if all passed, 1 if one failed, 2 if they cannot be run
   */
  public int run(List<Path> files) {
    long begin = System.nanoTime();
    try {
      List<Spec> specs = SpecFolder.read(files.isEmpty() ? SpecFolder.files(routes) : files);
      if (specs.isEmpty()) {
        out.println("No specs: there is no " + routes.resolve("tests/*" + SpecFile.ENDING));
        return NOT_RUN;
      }
      int failed = run(specs, begin);
      return failed == 0 ? PASSED : FAILED;
    } catch (SpecException e) {
      e.problems().forEach(out::println);
    } catch (IOException | ExecutionException e) {
      out.println("The routes cannot be read: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return NOT_RUN;
  }

  private int run(List<Spec> specs, long begin)
      throws IOException, ExecutionException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (SpecRun run = new SpecRun(routes)) {
      List<Future<SpecResult>> running = new ArrayList<>();
      for (Spec spec : specs) {
        running.add(pool.submit(() -> run.run(spec)));
      }
      int failed = 0;
      for (Future<SpecResult> one : running) {
        SpecResult result = one.get();
        print(result);
        failed += result.passed() ? 0 : 1;
      }
      double seconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) / 1000.0;
      out.printf("%d passed, %d failed, in %.1f s%n", specs.size() - failed, failed, seconds);
      return failed;
    } finally {
      pool.shutdownNow();
    }
  }

  private void print(SpecResult result) {
    Spec spec = result.spec();
    String where = result.passed() ? "" : "  (" + spec.place() + ")";
    out.printf(
        "%s %s: %s%s%n", result.passed() ? "ok  " : "FAIL", spec.route(), spec.name(), where);
    result.problems().forEach(problem -> out.println("       " + problem));
  }
}
