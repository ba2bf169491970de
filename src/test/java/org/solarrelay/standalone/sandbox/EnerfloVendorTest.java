package org.solarrelay.standalone.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnerfloVendorTest {
  private static final String ADD = "/api/v1/partner/action/lead/add";
  private static final String AUDIT = "/api/v1/partner/action/schedule/audit";
  private static final String LEAD =
      """
      {"lead": {"integration_record_id": "yj3Shbi2", "full_name": "Ferris Bueller",
                "address": "2214 N Honeydew Dr", "city": "Saratoga Springs", "state": "UT"}}""";

  @TempDir Path dir;
  private Sandbox sandbox;
  private SandboxClient enerflo;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start(dir.resolve("sandbox.jsonl"), 0);
    String key = sandbox.settings().get("ENERFLO_API_KEY");
    enerflo = new SandboxClient(sandbox.url(), "api-key", key);
  }

  @AfterEach
  void stop() throws Exception {
    sandbox.close();
  }

  @Test
  void aSecondCallWithTheSameIntegrationRecordIdUpdatesTheLead() throws Exception {
    JsonNode created = enerflo.sendJson("POST", ADD, LEAD);
    JsonNode updated = enerflo.sendJson("POST", ADD, LEAD.replace("Ferris", "Jeanie"));

    assertThat(created.at("/data/msg").asText()).isEqualTo("Lead Created");
    assertThat(created.at("/data/lead/first_name").asText()).isEqualTo("Ferris");
    assertThat(created.at("/data/lead/id").isInt()).isTrue();
    assertThat(updated.at("/data/msg").asText()).isEqualTo("Lead Updated");
    assertThat(updated.at("/data/lead/id")).isEqualTo(created.at("/data/lead/id"));
    assertThat(updated.at("/data/lead/first_name").asText()).isEqualTo("Jeanie");
  }

  @Test
  void theListsHaveDifferentNamesForTotalsAndSizesOfPages() throws Exception {
    enerflo.sendJson("POST", ADD, LEAD);
    JsonNode customers = enerflo.getJson("/api/v1/customers?page=1&pageSize=1");
    JsonNode installs = enerflo.getJson("/api/v3/installs?page=2&per_page=1");

    assertThat(customers.path("dataCount").asInt()).isEqualTo(1);
    assertThat(customers.at("/data/0/first_name").asText()).isEqualTo("Ferris");
    assertThat(installs.path("total").asInt()).isEqualTo(2);
    assertThat(installs.path("results")).hasSize(1);
    assertThat(installs.at("/results/0/milestones").isArray()).isTrue();
  }

  @Test
  void aLeadWithoutRecordIdOrAddressIsRejectedWith200() throws Exception {
    HttpResponse<String> noKey = enerflo.send("POST", ADD, "{\"lead\": {\"city\": \"Provo\"}}");
    HttpResponse<String> noAddress =
        enerflo.send("POST", ADD, "{\"lead\": {\"integration_record_id\": \"a\"}}");

    assertThat(noKey.statusCode()).isEqualTo(200);
    assertThat(noKey.body()).contains("\"error\"").contains("integration_record_id is required");
    assertThat(noAddress.statusCode()).isEqualTo(200);
    assertThat(noAddress.body()).contains("\"error\"").contains("address is required");
  }

  @Test
  void ignoreValidationAcceptsALeadWithoutAddress() throws Exception {
    String lead = "{\"lead\": {\"integration_record_id\": \"a\", \"ignore_validation\": 1}}";

    assertThat(enerflo.sendJson("POST", ADD, lead).path("result").asText()).isEqualTo("success");
  }

  @Test
  void aWrongKeyGetsPlainTextWith200() throws Exception {
    HttpResponse<String> response =
        new SandboxClient(sandbox.url(), "api-key", "wrong").send("POST", ADD, LEAD);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("Access not Permitted");
  }

  @Test
  void theKeyMayBeAQueryParameter() throws Exception {
    SandboxClient keyless = new SandboxClient(sandbox.url());

    assertThat(keyless.get("/api/v3/install-statuses?api_key=sandbox-enerflo").body())
        .contains("\"id\":4,\"name\":\"On Hold\"");
  }

  @Test
  void theCallAfterThreeHundredIs429InHtml() throws Exception {
    for (int i = 0; i < 300; i++) {
      assertThat(enerflo.get("/api/v3/install-statuses").statusCode()).isEqualTo(200);
    }
    HttpResponse<String> response = enerflo.get("/api/v3/install-statuses");

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.body()).contains("Too many requests.");
    assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
    assertThat(response.headers().firstValue("x-ratelimit-remaining")).hasValue("0");
    assertThat(response.headers().firstValueAsLong("retry-after").orElseThrow()).isBetween(1L, 60L);
  }

  @Test
  void anInstallExistsFromTheSecondCallForItsDeal() throws Exception {
    String find = "/api/v3/installs/find/7d9a2c1e-3b4f-4a5b-8c6d-1e2f3a4b5c6d";

    assertThat(enerflo.get(find).statusCode()).isEqualTo(404);
    assertThat(enerflo.getJson(find).path("id").asInt()).isEqualTo(903);
    assertThat(enerflo.getJson(find).path("id").asInt()).isEqualTo(903);
  }

  @Test
  void anInstallStoresStatusMilestonesAndNotes() throws Exception {
    String install = "/api/v3/installs/901";
    enerflo.send("PUT", install, "{\"status_id\": 4}");
    enerflo.send("PUT", install + "/milestones/4", "{\"completed_on\": \"2026-03-01\"}");
    JsonNode note = enerflo.sendJson("POST", install + "/notes", "{\"note\": \"Roof is done\"}");

    JsonNode read = enerflo.getJson(install);
    assertThat(read.path("status_name").asText()).isEqualTo("On Hold");
    assertThat(read.at("/milestones/3/install_milestone/completed_on").asText())
        .isEqualTo("2026-03-01");
    assertThat(note.path("success").asBoolean()).isTrue();
    assertThat(
            enerflo.sendJson("PUT", install, "{\"status_id\": 77}").path("success").asBoolean(true))
        .isFalse();
    assertThat(enerflo.get("/api/v3/installs/1").statusCode()).isEqualTo(404);
  }

  @Test
  void scheduleAuditEditsAKnownLeadAndCreatesItsDeal() throws Exception {
    enerflo.send("POST", ADD, LEAD);
    String query = "?creator=api%40example.com&integration_record_id=yj3Shbi2";
    JsonNode edited = enerflo.sendJson("POST", AUDIT + query + "&city=Lehi&createDeal=101", "");
    JsonNode unknown = enerflo.sendJson("POST", AUDIT + query + "x&city=Lehi", "");

    assertThat(edited.at("/data/lead/city").asText()).isEqualTo("Lehi");
    assertThat(enerflo.getJson("/sandbox").at("/enerflo/holds/deals/latest/0/type").asText())
        .isEqualTo("101");
    assertThat(unknown.path("result").asText()).isEqualTo("error");
  }

  @Test
  void aBrowserIsRedirectedToTheLeadsPage() throws Exception {
    JsonNode created = enerflo.sendJson("POST", ADD, LEAD);
    HttpResponse<String> response =
        enerflo.get(ADD + "?integration_record_id=yj3Shbi2&browser_redirect=deal");

    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("location").orElseThrow())
        .endsWith("/customers/" + created.at("/data/lead/id").asInt() + "/deal");
  }

  @Test
  void theHandOffPageExists() throws Exception {
    enerflo.send("POST", ADD, LEAD);
    String location =
        enerflo
            .get(ADD + "?integration_record_id=yj3Shbi2&browser_redirect=profile")
            .headers()
            .firstValue("location")
            .orElseThrow();

    assertThat(location).startsWith(sandbox.url());
    assertThat(enerflo.get(location.substring(sandbox.url().length())).body()).contains("profile");
  }

  @Test
  void aCustomerIsReadById() throws Exception {
    JsonNode created = enerflo.sendJson("POST", ADD, LEAD);
    String id = created.at("/data/lead/id").asText();

    assertThat(enerflo.getJson("/api/v3/customers/" + id).at("/customer/first_name").asText())
        .isEqualTo("Ferris");
    String ofInstall = enerflo.getJson("/api/v3/installs/901").path("customer_id").asText();
    assertThat(enerflo.getJson("/api/v3/customers/" + ofInstall).at("/customer/email").asText())
        .contains("@");
    assertThat(enerflo.get("/api/v3/customers/1").statusCode()).isEqualTo(404);
  }

  @Test
  void notesOfAllInstallsAreListedInPages() throws Exception {
    String notes = "/api/v3/installs/notes?pageSize=2&created_after=2026-01-01T00:00:00Z";
    for (String text : new String[] {"one", "two", "three"}) {
      enerflo.send("POST", "/api/v3/installs/901/notes", "{\"note\": \"" + text + "\"}");
    }

    assertThat(enerflo.getJson(notes).path("totalPages").asInt()).isEqualTo(2);
    assertThat(enerflo.getJson(notes + "&page=2").at("/notes/0/note").asText()).isEqualTo("three");
    assertThat(enerflo.getJson(notes.replace("2026-", "2999-")).path("notes")).isEmpty();
  }
}
