package org.solarrelay.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.solarrelay.RelayConfig;
import org.solarrelay.event.Event;

/** Previews by the route files as they are at the moment; what was made of them is kept. */
final class Previews implements AutoCloseable {

  private final Path folder;
  private final SmallRyeConfig settings;
  private final Vertx vertx;
  private String fingerprint;
  private RouteSet routes;
  private Worlds worlds;

  Previews(Path folder, SmallRyeConfig settings, Vertx vertx) {
    this.folder = folder;
    this.settings = settings;
    this.vertx = vertx;
  }

  /** As {@link Preview#of}; one at a time, since each may take all the time of a processor. */
  synchronized ObjectNode preview(JsonNode message, UnaryOperator<Event> known) throws Exception {
    readChangedFiles();
    AnswerBook answers = new AnswerBook(List.of(), routes.usualAnswers(settings));
    Rehearsal rehearsal = new Rehearsal(worlds, settings, answers, Instant.now());
    return new Preview(rehearsal, settings.getConfigMapping(RelayConfig.class), known).of(message);
  }

  private void readChangedFiles() throws IOException {
    String now = Fingerprint.of(folder);
    if (!now.equals(fingerprint)) {
      RouteSet changed = RouteSet.read(folder);
      close();
      routes = changed;
      worlds = new Worlds(changed, vertx);
      fingerprint = now;
    }
  }

  @Override
  public synchronized void close() {
    if (worlds != null) {
      worlds.close();
    }
  }
}
