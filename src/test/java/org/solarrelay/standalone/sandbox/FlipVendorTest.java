package org.solarrelay.standalone.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlipVendorTest {
  private static final String ENROLLMENT = "/v1/enrollments/00000000-0000-4000-8000-000000000901";

  @TempDir Path dir;
  private Sandbox sandbox;
  private SandboxClient flip;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start(dir.resolve("sandbox.jsonl"), 0);
    flip = with(sandbox.settings().get("FLIP_API_KEY"));
  }

  @AfterEach
  void stop() throws Exception {
    sandbox.close();
  }

  @Test
  void initialEnrollmentsAreListedForTheirProgramOnly() throws Exception {
    String program = sandbox.settings().get("FLIP_PROGRAM_ID");

    assertThat(flip.getJson("/v1/enrollments?program_id=" + program).path("enrollments"))
        .hasSize(2);
    assertThat(flip.getJson("/v1/enrollments?program_id=other").path("enrollments")).isEmpty();
    assertThat(flip.get("/v1/enrollments").statusCode()).isEqualTo(422);
  }

  @Test
  void aChangeOfStatusIsStored() throws Exception {
    String change = "{\"status\": \"PAUSED\", \"status_reason\": \"Install 901 put on hold\"}";
    JsonNode changed = flip.sendJson("PATCH", ENROLLMENT, change);

    assertThat(changed.path("status").asText()).isEqualTo("PAUSED");
    assertThat(flip.getJson(ENROLLMENT)).isEqualTo(changed);
  }

  @Test
  void anEmptyListOfGroupsRemovesThemAndNoListKeepsThem() throws Exception {
    String change = "{\"status\": \"ACTIVE\", \"status_reason\": \"ok\"%s}";
    flip.send("PATCH", ENROLLMENT, change.formatted(", \"group_ids\": [\"north\"]"));
    JsonNode left = flip.sendJson("PATCH", ENROLLMENT, change.formatted(""));
    JsonNode removed = flip.sendJson("PATCH", ENROLLMENT, change.formatted(", \"group_ids\": []"));

    assertThat(left.at("/site/groups/0/id").asText()).isEqualTo("north");
    assertThat(removed.at("/site/groups")).isEmpty();
  }

  @Test
  void anUnknownStatusIs422InFlipsFormat() throws Exception {
    HttpResponse<String> response =
        flip.send("PATCH", ENROLLMENT, "{\"status\": \"APPROVED\", \"status_reason\": \"ok\"}");

    assertThat(response.statusCode()).isEqualTo(422);
    JsonNode error = SandboxClient.json(response);
    assertThat(error.path("status_code").asInt()).isEqualTo(422);
    assertThat(error.at("/detail/0/loc/1").asText()).isEqualTo("status");
    assertThat(error.at("/errors/0/path").asText()).isEqualTo("status");
  }

  @Test
  void aGroupIsCreatedOnceAndListedAndShownAtItsSites() throws Exception {
    String groups = "/v1/programs/" + sandbox.settings().get("FLIP_PROGRAM_ID") + "/groups";
    String north = "{\"id\": \"north-1\", \"name\": \"North\"}";

    assertThat(flip.sendJson("POST", groups, north).path("name").asText()).isEqualTo("North");
    assertThat(flip.send("POST", groups, north).statusCode()).isEqualTo(409);
    assertThat(flip.getJson(groups)).hasSize(1);
    JsonNode site =
        flip.sendJson(
            "PATCH",
            ENROLLMENT,
            "{\"status\":\"ACTIVE\",\"status_reason\":\"ok\",\"group_ids\":[\"north-1\"]}");
    assertThat(site.at("/site/groups/0/name").asText()).isEqualTo("North");
  }

  @Test
  void aGroupOfAnotherProgramOrWithAnInvalidIdIsRejected() throws Exception {
    String groups = "/v1/programs/" + sandbox.settings().get("FLIP_PROGRAM_ID") + "/groups";

    assertThat(flip.get("/v1/programs/other/groups").statusCode()).isEqualTo(404);
    assertThat(flip.send("POST", groups, "{\"id\": \"a b\", \"name\": \"A\"}").statusCode())
        .isEqualTo(422);
    assertThat(flip.send("POST", groups, "{\"id\": \"a\"}").statusCode()).isEqualTo(422);
  }

  @Test
  void anUnknownEnrollmentIs404AndAWrongToken401() throws Exception {
    String unknown = "/v1/enrollments/00000000-0000-4000-8000-000000000000";

    assertThat(flip.get(unknown).statusCode()).isEqualTo(404);
    assertThat(with("wrong").get(ENROLLMENT).statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenForTheClientSecretIsAccepted() throws Exception {
    String form = "grant_type=client_credentials&client_id=relay&client_secret=";
    JsonNode token = flip.sendJson("POST", "/token", form + sandbox.settings().get("FLIP_API_KEY"));

    assertThat(token.path("expires_in").asInt()).isEqualTo(3600);
    assertThat(with(token.path("access_token").asText()).get(ENROLLMENT).statusCode())
        .isEqualTo(200);
    assertThat(flip.send("POST", "/token", form + "wrong").statusCode()).isEqualTo(401);
  }

  private SandboxClient with(String token) {
    return new SandboxClient(sandbox.url(), "authorization", "Bearer " + token);
  }
}
