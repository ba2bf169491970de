package org.solarrelay.console;

import static org.assertj.core.api.Assertions.fail;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium of the tests, one for all classes of a JVM. Without one the tests are skipped; where
 * {@code CI} is set they fail.
 */
final class ConsoleBrowser {

  private static final String MISSING =
      "NO CHROMIUM: the tests of the console in a browser did not run. Install one (Debian: apt-get"
          + " install chromium), or name it in CHROMIUM";

  // /dev/shm is small in containers, and root needs no-sandbox
  private static final List<String> ARGUMENTS =
      List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");

  private static Browser browser;
  private static boolean missing;

  private ConsoleBrowser() {}

  /** Returns the browser, started by the first call. */
  static synchronized Browser get() {
    if (browser == null && !missing) {
      browser = start().orElse(null);
      missing = browser == null;
    }
    if (missing) {
      if (System.getenv("CI") != null) {
        fail(MISSING);
      }
      System.err.println(MISSING);
      Assumptions.abort(MISSING);
    }
    return browser;
  }

  private static Optional<Browser> start() {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
    Optional<Path> found = ChromiumFinder.find();
    if (found.isPresent()) {
      return Optional.of(launch(playwright, options().setExecutablePath(found.get())));
    }
    try {
      return Optional.of(launch(playwright, options()));
    } catch (PlaywrightException e) {
      // it has none yet
    }
    if (ChromiumFinder.download()) {
      return Optional.of(launch(playwright, options()));
    }
    return ChromiumFinder.install()
        .map(program -> launch(playwright, options().setExecutablePath(program)));
  }

  private static BrowserType.LaunchOptions options() {
    return new BrowserType.LaunchOptions().setArgs(ARGUMENTS);
  }

  private static Browser launch(Playwright playwright, BrowserType.LaunchOptions options) {
    return playwright.chromium().launch(options);
  }
}
