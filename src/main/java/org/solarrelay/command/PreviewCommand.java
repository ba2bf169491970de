package org.solarrelay.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.solarrelay.rehearsal.PreviewFile;
import org.solarrelay.startup.Settings;

/** {@code preview FILE}: what would become of a message, with nothing started. */
public final class PreviewCommand {

  private PreviewCommand() {}

  /**
   * @param arguments the file of the message
   * @return 0 where it could be told, 2 where not
   */
  public static int run(List<String> arguments, Settings settings, PrintStream out) {
    if (arguments.size() != 1) {
      out.println("Usage: preview FILE, with the JSON that POST /api/preview takes");
      return 2;
    }
    Quiet.begin();
    Path routes = Path.of(settings.get("RELAY_ROUTES_DIR").orElse("routes"));
    return new PreviewFile(routes, out).show(Path.of(arguments.get(0)));
  }
}
