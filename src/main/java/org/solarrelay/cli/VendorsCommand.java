package org.solarrelay.cli;

import java.io.PrintStream;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.solarrelay.startup.LocalServices;
import org.solarrelay.startup.StartRefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code vendors}: starts the simulated vendors without a relay. */
@Command(
    name = "vendors",
    header = "Simulate the vendors alone, for a relay elsewhere, until Ctrl-C or TERM.",
    description = {
      "Prints the settings for that relay, then a line for each call. A build with -Dproduction has no"
          + " simulated vendors. RELAY_SANDBOX_PORT and RELAY_SANDBOX_HOST set their address,"
          + " RELAY_DATA_DIR the folder for what they receive."
    },
    exitCodeList = {
      "1:they cannot start, for example because the port is in use",
      "2:wrong use, or this build has no simulated vendors",
      "130:they were stopped by Ctrl-C",
      "143:they were stopped by TERM"
    },
    footer = {
      "  ./relay vendors",
      "  RELAY_SANDBOX_HOST=0.0.0.0 RELAY_DATA_DIR=/tmp/v ./relay vendors"
    })
final class VendorsCommand implements Callable<Integer> {

  // a strong reference, because the log manager drops unreferenced loggers with their handlers
  private static final Logger CALLS = Logger.getLogger("org.solarrelay.sandbox");

  @ParentCommand private RelayCommand parent;

  @Override
  public Integer call() throws InterruptedException {
    LocalServices.Running vendors = start();
    Runtime.getRuntime().addShutdownHook(new Thread(vendors::close, "vendors"));
    PrintStream out = parent.out();
    new TreeMap<>(vendors.properties()).forEach((name, value) -> out.println(name + "=" + value));
    CALLS.setUseParentHandlers(false);
    CALLS.addHandler(new CallPrinter(out));
    new CountDownLatch(1).await();
    return 0;
  }

  private LocalServices.Running start() {
    LocalServices services =
        ServiceLoader.load(LocalServices.class)
            .findFirst()
            .orElseThrow(
                () ->
                    CommandException.cannotRun(
                        "A build for production has no simulated vendors. Build without"
                            + " -Dproduction."));
    try {
      return services.startVendors(parent.settings());
    } catch (StartRefusedException e) {
      throw CommandException.rejected(e.getMessage());
    }
  }

  /** Prints a line for each call. */
  private static final class CallPrinter extends Handler {

    private final PrintStream out;

    CallPrinter(PrintStream out) {
      this.out = out;
    }

    @Override
    public void publish(LogRecord call) {
      out.println(String.format(call.getMessage(), call.getParameters()));
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
