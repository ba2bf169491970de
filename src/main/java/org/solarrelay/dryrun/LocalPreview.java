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

/** Previews a message in this process, with the configuration of its environment. */
public final class LocalPreview {

  private static final ObjectMapper JSON = new ObjectMapper();

  private LocalPreview() {}

  /**
   * The preview of a message, as {@code POST /api/preview} returns it.
   *
   * @param message as {@code POST /api/preview} takes it
   * @param routes the folder of the route files
   * @throws SpecException if the message or a file of stubs does not match its schema
   * @throws Exception if the routes cannot be started
   */
  public static JsonNode of(JsonNode message, Path routes) throws Exception {
    Map<String, String> files = FolderFiles.read(routes);
    CustomEventTypes.adopt(files);
    Vertx vertx = Vertx.vertx();
    Config process = DryRunSettings.ofProcess(DestinationsFile.entries(files));
    SmallRyeConfig settings = DryRunSettings.withoutSecrets(process);
    try (Previews previews = new Previews(routes, () -> files, () -> settings, vertx)) {
      JsonNode json =
          previews.preview(message, event -> Preview.withKnownIds(event, Map.of(), message));
      return JSON.readTree(SecretStandIns.mask(json.toString(), DryRunSettings.secretsOf(process)));
    } finally {
      vertx.close();
    }
  }
}
