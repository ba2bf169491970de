package org.solarrelay.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.identity.EventIds;

/** Previews a message for a person at a terminal, as a program started here would be configured. */
public final class PreviewFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path routes;
  private final PrintStream out;

  /**
   * @param routes the folder of the route files
   */
  public PreviewFile(Path routes, PrintStream out) {
    this.routes = routes;
    this.out = out;
  }

  /**
   * Prints what would become of it as JSON.
   *
   * @param file with what {@code POST /api/preview} takes
   * @return 0 where that could be told, 2 where not
   */
  public int show(Path file) {
    Vertx vertx = Vertx.vertx();
    try (Previews previews = new Previews(routes, RehearsalSettings.ofProcess(), vertx)) {
      JsonNode message = EventJson.parse(Files.readAllBytes(file));
      JsonNode told =
          previews.preview(
              message,
              event -> {
                Map<String, String> ids = new LinkedHashMap<>(EventIds.of(event));
                ids.putAll(VendorAnswer.texts(message.path("knownIds")));
                return EventIds.complete(event, ids);
              });
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(told));
      return 0;
    } catch (SpecException e) {
      e.problems().forEach(problem -> out.println(file + ": " + problem));
    } catch (IOException e) {
      out.println(file + ": can not be read");
    } catch (InvalidMessageException e) {
      out.println(file + ": " + e.getMessage());
    } catch (Exception e) {
      out.println("The routes can not be rehearsed: " + e.getMessage());
    } finally {
      vertx.close();
    }
    return 2;
  }
}
