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

/** {@code vendors}: the simulated vendors without a relay. */
@Command(
    name = "vendors",
    header = "Simulate the vendors alone, for a relay elsewhere, until Ctrl-C or TERM.",
    description = {
      "Says what that relay is to be configured with, and a line for each call. A build with"
          + " -Dproduction has none. RELAY_SANDBOX_PORT and RELAY_SANDBOX_HOST say where they"
          + " listen, RELAY_DATA_DIR where they keep what they are sent."
    },
    exitCodeList = {
      "1:they can not be started, such as on a port that is taken",
      "2:wrong use, or this build has none",
      "130:they were stopped by Ctrl-C",
      "143:they were stopped by TERM"
    },
    footer = {
      "  ./relay vendors",
      "  RELAY_SANDBOX_HOST=0.0.0.0 RELAY_DATA_DIR=/tmp/v ./relay vendors"
    })
final class VendorsCommand implements Callable<Integer> {

  // the log manager lets go of loggers that nobody holds, and with them of their handlers
  private static final Logger CALLS = Logger.getLogger("org.solarrelay.sandbox");

  @ParentCommand private RelayCommand parent;

  @Override
  public Integer call() throws InterruptedException {
    LocalServices.Running vendors = start();
    Runtime.getRuntime().addShutdownHook(new Thread(vendors::close, "vendors"));
    PrintStream out = parent.out();
    new TreeMap<>(vendors.properties()).forEach((name, value) -> out.println(name + "=" + value));
    CALLS.setUseParentHandlers(false);
    CALLS.addHandler(new Lines(out));
    new CountDownLatch(1).await();
    return 0;
  }

  private LocalServices.Running start() {
    LocalServices services =
        ServiceLoader.load(LocalServices.class)
            .findFirst()
            .orElseThrow(
                () ->
                    CommandException.unusable(
                        "This is a build for production, which simulates no vendors. Build it"
                            + " without -Dproduction."));
    try {
      return services.startVendors(parent.settings());
    } catch (StartRefusedException e) {
      throw CommandException.refused(e.getMessage());
    }
  }

  /** A line for each call. */
  private static final class Lines extends Handler {

    private final PrintStream out;

    Lines(PrintStream out) {
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
