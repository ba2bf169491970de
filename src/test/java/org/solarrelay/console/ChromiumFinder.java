package org.solarrelay.console;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds a Chromium: in {@code CHROMIUM}, on the {@code PATH}, by Playwright's own download, or from
 * Debian's packages.
 */
final class ChromiumFinder {

  /** The one without a window comes first: it needs less processor time. */
  private static final List<String> NAMES =
      List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

  private static final int MINUTES = 5;

  private ChromiumFinder() {}

  /** Returns the program; empty where there is none, or Playwright has its own. */
  static Optional<Path> find() {
    Optional<Path> named = Optional.ofNullable(System.getenv("CHROMIUM")).map(Path::of);
    return named.isPresent() ? named : onPath();
  }

  private static Optional<Path> onPath() {
    return NAMES.stream()
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Downloads Playwright's own Chromium. */
  static boolean download() {
    return run(
        Driver.ensureDriverInstalled(Map.of(), false).createProcessBuilder(),
        "install",
        "chromium");
  }

  /** Installs Debian's Chromium, which needs the user root. */
  static Optional<Path> install() {
    boolean debian = Files.exists(Path.of("/etc/debian_version"));
    if (debian && "root".equals(System.getProperty("user.name"))) {
      run(new ProcessBuilder(), "apt-get", "update");
      Stream.of("chromium-headless-shell", "chromium").anyMatch(ChromiumFinder::installPackage);
    }
    return onPath();
  }

  private static boolean installPackage(String name) {
    return run(new ProcessBuilder(), "apt-get", "install", "-y", "--no-install-recommends", name);
  }

  private static boolean run(ProcessBuilder builder, String... arguments) {
    builder.command().addAll(List.of(arguments));
    try {
      Process process =
          builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
