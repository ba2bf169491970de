package org.solarrelay.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.solarrelay.startup.StartupSettings;

/** Runs {@code ./relay} in this process, without a terminal. */
final class Terminal {

  private final Map<String, String> environment = new HashMap<>();

  /** The exit code and the output of a command. */
  record Done(int exitCode, String out, String err) {}

  Terminal set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Done relay(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Level level = Logger.getLogger("").getLevel();
    try {
      int exitCode =
          new RelayCommand(
                  StartupSettings.of(environment),
                  () -> new PrintStream(out).print("relaying"),
                  new PrintStream(out, true, StandardCharsets.UTF_8),
                  new PrintStream(err, true, StandardCharsets.UTF_8))
              .execute(arguments);
      return new Done(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      // commands turn logging off, which would affect the other tests
      Logger.getLogger("").setLevel(level);
    }
  }

  /** Runs a command with the text as standard input. */
  Done relayWith(String input, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return relay(arguments);
    } finally {
      System.setIn(before);
    }
  }
}
