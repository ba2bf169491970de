package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The groups of Flip's one program, whose ids are chosen by whoever creates them. */
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

  /** Of a group that nobody has created, its id. */
  String name(String id) {
    return groups.get(id).map(group -> group.path("name").asText()).orElse(id);
  }

  private void list(RoutingContext call) {
    if (isOfProgram(call)) {
      ArrayNode list = SandboxResponse.JSON.createArrayNode();
      groups.all().forEach(list::add);
      SandboxResponse.json(call, 200, list);
    }
  }

  private void create(RoutingContext call) {
    if (!isOfProgram(call)) {
      return;
    }
    ObjectNode wanted =
        SandboxResponse.object(call).orElse(SandboxResponse.JSON.createObjectNode());
    String id = wanted.path("id").asText();
    if (!id.matches("[\\w-]+")) {
      FlipError.invalid("body", "id", "String should match pattern '^[\\w-]+$'").on(call);
    } else if (!wanted.path("name").isTextual()) {
      FlipError.invalid("body", "name", "Field required").on(call);
    } else if (groups.get(id).isPresent()) {
      FlipError.of(409, "conflict", "Group exists").on(call);
    } else {
      ObjectNode group = SandboxResponse.JSON.createObjectNode().put("id", id);
      groups.put(id, group.put("name", wanted.get("name").asText()));
      SandboxResponse.about(call, id);
      SandboxResponse.json(call, 200, group);
    }
  }

  private boolean isOfProgram(RoutingContext call) {
    boolean known = program.equals(call.pathParam("program"));
    if (!known) {
      FlipError.of(404, "not_found", "Program not found").on(call);
    }
    return known;
  }
}
