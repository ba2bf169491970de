package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The HTTP calls of Enerflo's installs (v3). The vendor documents no bodies for its write calls.
 * These use the field names of its read calls, and respond to an invalid value with 200 and {@code
 * "success": false}.
 */
final class EnerfloInstallCalls {
  private static final List<String> DATES = List.of("start_date", "due_date", "completed_on");

  private final EnerfloInstalls installs;
  private final SandboxRecords notes;

  EnerfloInstallCalls(EnerfloInstalls installs, SandboxRecords notes) {
    this.installs = installs;
    this.notes = notes;
  }

  void mount(Router router) {
    router.get("/api/v3/install-statuses").handler(this::statuses);
    router
        .get("/api/v3/installs/find/:deal")
        .handler(call -> read(call, installs.findByDeal(call.pathParam("deal"))));
    router
        .get("/api/v3/installs/:id")
        .handler(call -> read(call, installs.get(call.pathParam("id"))));
    router.put("/api/v3/installs/:id").handler(call -> write(call, this::update));
    router
        .put("/api/v3/installs/:id/milestones/:milestone")
        .handler(call -> write(call, (i, body) -> milestone(i, call.pathParam("milestone"), body)));
    router.post("/api/v3/installs/:id/notes").handler(call -> write(call, this::note));
  }

  private void statuses(RoutingContext call) {
    ObjectNode response = SandboxResponse.JSON.createObjectNode();
    ArrayNode results = response.put("total", EnerfloInstalls.STATUSES.size()).putArray("results");
    EnerfloInstalls.STATUSES.forEach(
        (id, name) -> results.addObject().put("id", id).put("name", name));
    SandboxResponse.json(call, 200, response);
  }

  private static void read(RoutingContext call, Optional<ObjectNode> install) {
    install.ifPresentOrElse(
        found -> {
          SandboxResponse.setRecord(call, "install " + found.get("id").asText());
          SandboxResponse.json(call, 200, found);
        },
        () -> SandboxResponse.json(call, 404, EnerfloVendor.failure("Install not found")));
  }

  private interface Change {
    /** Changes the install, or returns {@code "success": false} with the problem. */
    ObjectNode apply(ObjectNode install, ObjectNode body);
  }

  private void write(RoutingContext call, Change change) {
    read(
        call,
        installs
            .get(call.pathParam("id"))
            .map(
                install -> {
                  ObjectNode body =
                      SandboxResponse.object(call).orElse(SandboxResponse.JSON.createObjectNode());
                  ObjectNode response = change.apply(install, body);
                  return response.put("id", install.get("id").asInt());
                }));
  }

  private ObjectNode update(ObjectNode install, ObjectNode body) {
    JsonNode status = body.path("status_id");
    if (!EnerfloInstalls.STATUSES.containsKey(status.asInt())) {
      return EnerfloVendor.failure("Invalid status_id");
    }
    installs.put(EnerfloInstalls.withStatus(install, status.asInt()));
    return install;
  }

  private ObjectNode milestone(ObjectNode install, String id, ObjectNode body) {
    for (JsonNode milestone : install.path("milestones")) {
      if (milestone.path("id").asText().equals(id)) {
        ObjectNode dates = (ObjectNode) milestone.get("install_milestone");
        for (String name : DATES) {
          JsonNode date = body.path(name);
          if (date.isTextual() && !date.asText().matches("\\d{4}-\\d{2}-\\d{2}")) {
            return EnerfloVendor.failure(name + " must be YYYY-MM-DD");
          }
          if (!date.isMissingNode()) {
            dates.set(name, date);
          }
        }
        installs.put(install);
        return install;
      }
    }
    return EnerfloVendor.failure("Milestone not found");
  }

  private ObjectNode note(ObjectNode install, ObjectNode body) {
    String text = body.path("note").asText("");
    if (text.isBlank()) {
      return EnerfloVendor.failure("note is required");
    }
    ObjectNode note = SandboxResponse.JSON.createObjectNode().put("note_id", notes.size() + 1);
    note.put("id", install.get("id").asInt()).put("note", text);
    note.put("created_at", LocalDateTime.now(ZoneOffset.UTC).format(EnerfloReadCalls.UTC));
    notes.put(UUID.randomUUID().toString(), note);
    return note.deepCopy().put("success", true);
  }
}
