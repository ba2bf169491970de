package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The groups of Flip's one program; the client chooses the ids. */
final class FlipGroups {
  private final String program;
  private final SandboxRecords groups;

  FlipGroups(String program, SandboxRecords groups) {
    this.program = program;
    this.groups = groups;
  }

  SandboxRecords records() {
    return groups;
  }

  void mount(Router router) {
    router.get("/v1/programs/:program/groups").handler(this::list);
    router.post("/v1/programs/:program/groups").handler(this::create);
  }

  /** The name of the group; its id if the group was never created. */
  String name(String id) {
    return groups.get(id).map(group -> group.path("name").asText()).orElse(id);
  }

  private void list(RoutingContext call) {
    if (isKnownProgram(call)) {
      ArrayNode list = SandboxResponse.JSON.createArrayNode();
      groups.all().forEach(list::add);
      SandboxResponse.json(call, 200, list);
    }
  }

  private void create(RoutingContext call) {
    if (!isKnownProgram(call)) {
      return;
    }
    ObjectNode body = SandboxResponse.object(call).orElse(SandboxResponse.JSON.createObjectNode());
    String id = body.path("id").asText();
    if (!id.matches("[\\w-]+")) {
      FlipError.invalid("body", "id", "String should match pattern '^[\\w-]+$'").send(call);
    } else if (!body.path("name").isTextual()) {
      FlipError.invalid("body", "name", "Field required").send(call);
    } else if (groups.get(id).isPresent()) {
      FlipError.of(409, "conflict", "Group exists").send(call);
    } else {
      ObjectNode group = SandboxResponse.JSON.createObjectNode().put("id", id);
      groups.put(id, group.put("name", body.get("name").asText()));
      SandboxResponse.setRecord(call, id);
      SandboxResponse.json(call, 200, group);
    }
  }

  private boolean isKnownProgram(RoutingContext call) {
    boolean known = program.equals(call.pathParam("program"));
    if (!known) {
      FlipError.of(404, "not_found", "Program not found").send(call);
    }
    return known;
  }
}
