package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.solarrelay.event.CustomEventTypes;
import org.solarrelay.routes.lint.DestinationsFile;
import org.solarrelay.routes.lint.FolderFiles;

/** Previews a message as a program started here would be configured, with nothing started. */
public final class LocalPreview {

  private static final ObjectMapper JSON = new ObjectMapper();

  private LocalPreview() {}

  /**
   * What would become of it, as {@code POST /api/preview} answers.
   *
   * @param message as that takes it
   * @param routes the folder of the route files
   * @throws SpecException where the message is none, or the files of answers are wrong
   * @throws Exception where the routes can not be rehearsed
   */
  public static JsonNode of(JsonNode message, Path routes) throws Exception {
    Map<String, String> files = FolderFiles.read(routes);
    CustomEventTypes.adopt(files);
    Vertx vertx = Vertx.vertx();
    Config process = DryRunSettings.ofProcess(DestinationsFile.entries(files));
    SmallRyeConfig settings = DryRunSettings.like(process);
    try (Previews previews = new Previews(routes, () -> files, () -> settings, vertx)) {
      JsonNode json =
          previews.preview(message, event -> Preview.completed(event, Map.of(), message));
      return JSON.readTree(SecretStandIns.text(json.toString(), DryRunSettings.secretsOf(process)));
    } finally {
      vertx.close();
    }
  }
}
