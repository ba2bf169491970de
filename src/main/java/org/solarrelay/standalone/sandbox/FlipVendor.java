package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Simulates Flip's Utility API: lists, reads and changes enrollments and groups; creates no
 * enrollments.
 */
final class FlipVendor implements SimulatedVendor {
  private static final String KEY = "sandbox-flip";
  private static final String PROGRAM = "sandbox-program";

  private final SandboxRecords enrollments;
  private final FlipGroups groups;
  private final Set<String> tokens = new HashSet<>();

  FlipVendor(SandboxJournal journal) {
    enrollments = journal.records("flip.enrollments");
    groups = new FlipGroups(PROGRAM, journal.records("flip.groups"));
    SandboxEnrollment.seeds().forEach((id, seed) -> seedIfAbsent(id, seed));
  }

  private void seedIfAbsent(String id, ObjectNode seed) {
    if (enrollments.get(id).isEmpty()) {
      enrollments.put(id, seed);
    }
  }

  @Override
  public String name() {
    return "flip";
  }

  @Override
  public Map<String, SandboxRecords> records() {
    return Map.of("enrollments", enrollments, "groups", groups.records());
  }

  @Override
  public Map<String, String> settings(String url) {
    return Map.of("FLIP_URL", url, "FLIP_API_KEY", KEY, "FLIP_PROGRAM_ID", PROGRAM);
  }

  @Override
  public void mount(Router router, Handler<RoutingContext> gate) {
    router.post("/token").handler(gate).handler(this::token);
    router.route("/v1/*").handler(gate).handler(this::authenticate);
    router.get("/v1/enrollments").handler(this::list);
    router.get("/v1/enrollments/:id").handler(call -> withEnrollment(call, e -> e));
    router.patch("/v1/enrollments/:id").handler(this::update);
    groups.mount(router);
    router.route("/v1/*").handler(call -> FlipError.of(404, "not_found", "Not found").send(call));
  }

  /** OAuth2 client credentials; the client's secret is the API key. */
  private void token(RoutingContext call) {
    String form = "&" + call.body().asString() + "&";
    if (!form.contains("&grant_type=client_credentials&")
        || !form.contains("&client_secret=" + KEY + "&")) {
      FlipError.of(401, "unauthorized", "Invalid client").send(call);
      return;
    }
    String token = "sandbox-" + UUID.randomUUID();
    tokens.add(token);
    SandboxResponse.json(
        call,
        200,
        SandboxResponse.JSON
            .createObjectNode()
            .put("access_token", token)
            .put("token_type", "Bearer")
            .put("expires_in", 3600));
  }

  private void authenticate(RoutingContext call) {
    String given = call.request().getHeader("authorization");
    String token = given != null && given.startsWith("Bearer ") ? given.substring(7) : "";
    if (token.equals(KEY) || tokens.contains(token)) {
      call.next();
    } else {
      FlipError.of(401, "unauthorized", "Invalid or missing bearer token").send(call);
    }
  }

  private void list(RoutingContext call) {
    String program = call.request().getParam("program_id");
    if (program == null || program.isBlank()) {
      FlipError.invalid("query", "program_id", "Field required").send(call);
      return;
    }
    ObjectNode response = SandboxResponse.JSON.createObjectNode();
    ArrayNode list = response.putArray("enrollments");
    if (program.equals(PROGRAM)) {
      list.addAll(enrollments.all());
    }
    SandboxResponse.json(call, 200, response);
  }

  private void update(RoutingContext call) {
    ObjectNode change =
        SandboxResponse.object(call).orElse(SandboxResponse.JSON.createObjectNode());
    SandboxEnrollment.validate(change)
        .ifPresentOrElse(
            error -> error.send(call),
            () ->
                withEnrollment(
                    call,
                    enrollment -> {
                      ObjectNode changed =
                          SandboxEnrollment.apply(enrollment, change, groups::name);
                      enrollments.put(call.pathParam("id"), changed);
                      return changed;
                    }));
  }

  private interface Step {
    ObjectNode apply(ObjectNode enrollment);
  }

  private void withEnrollment(RoutingContext call, Step step) {
    String id = call.pathParam("id");
    enrollments
        .get(id)
        .ifPresentOrElse(
            enrollment -> {
              SandboxResponse.setRecord(call, id);
              SandboxResponse.json(call, 200, step.apply(enrollment));
            },
            () -> FlipError.of(404, "not_found", "Enrollment not found").send(call));
  }
}
