package org.solarrelay.standalone.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SolarProofVendorTest {
  private static final String CUSTOMER =
      """
      {"data": {"apikey": "sandbox-solarproof", "action": "createcustomer", "firstname": "Jo",
                "surname": "Test", "email": "jo.test@example.com", "phone1": "0400000000",
                "type": "LARGE-SCALE"}}""";

  @TempDir Path dir;
  private Sandbox sandbox;
  private SandboxClient http;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start(dir.resolve("sandbox.jsonl"), 0);
    http = new SandboxClient(sandbox.url());
  }

  @AfterEach
  void stop() throws Exception {
    sandbox.close();
  }

  @Test
  void aCreatedCustomerIsFoundByEmailWithTheFieldNamesOfReads() throws Exception {
    JsonNode created = post("createcustomer", CUSTOMER);
    JsonNode found = get("getcustomerByemail", "&customer_email=Jo.Test%40example.com");

    assertThat(created.path("id").isTextual()).isTrue();
    assertThat(found.path("customer_id")).isEqualTo(created.path("id"));
    assertThat(found.path("customer_first_name").asText()).isEqualTo("Jo");
    assertThat(found.path("customer_type").asText()).isEqualTo("Large-Scale");
    assertThat(get("getcustomerid", "&customer_email=jo.test%40example.com")).isEqualTo(found);
  }

  @Test
  void anUpdateChangesOnlyGivenFields() throws Exception {
    String id = post("createcustomer", CUSTOMER).path("id").asText();
    JsonNode updated =
        post(
            "updatecustomer",
            "{\"data\": {\"pkcustomerid\": %s, \"email\": \"new@example.com\"}}".formatted(id));
    JsonNode found = get("getcustomerByemail", "&customer_email=new%40example.com");

    assertThat(updated.path("CustomerId").asText()).isEqualTo(id);
    assertThat(found.path("customer_last_name").asText()).isEqualTo("Test");
    assertThat(
            get("getcustomerByemail", "&customer_email=jo.test%40example.com")
                .path("code")
                .asText())
        .isEqualTo("CUSTOMER_NOT_FOUND");
  }

  @Test
  void aSecondCustomerWithTheSameEmailIsAccepted() throws Exception {
    JsonNode first = post("createcustomer", CUSTOMER);
    JsonNode second = post("createcustomer", CUSTOMER);

    assertThat(second.path("id").asText()).isNotEmpty().isNotEqualTo(first.path("id").asText());
    assertThat(
            get("getcustomerByemail", "&customer_email=jo.test%40example.com").path("customer_id"))
        .isEqualTo(first.path("id"));
  }

  @Test
  void aMissingRequiredFieldIsNamed() throws Exception {
    HttpResponse<String> response =
        http.send("POST", path("createcustomer", ""), CUSTOMER.replace("phone1", "phone9"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("INVALID_PARAMETERS").contains("phone1");
  }

  @Test
  void aWrongKeyAndAnUnknownCustomerHaveErrorCodes() throws Exception {
    HttpResponse<String> wrongKey = http.get("/apidata.php?action=getallcustomers&api_key=wrong");
    HttpResponse<String> unknown =
        http.send("POST", path("updatecustomer", ""), "{\"data\": {\"pkcustomerid\": 1}}");

    assertThat(wrongKey.statusCode()).isEqualTo(401);
    assertThat(wrongKey.body()).contains("INVALID_API_KEY");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("CUSTOMER_NOT_FOUND");
  }

  @Test
  void aPageHasFiftyCustomers() throws Exception {
    for (int i = 0; i < 51; i++) {
      post("createcustomer", CUSTOMER);
    }
    assertThat(get("getallcustomers", "")).hasSize(50);
    assertThat(get("getallcustomers", "&page=2")).hasSize(1);
    assertThat(get("getallcustomers", "&page=3")).isEmpty();
  }

  private static String path(String action, String query) {
    return "/apidata.php?action=" + action + "&api_key=sandbox-solarproof" + query;
  }

  private JsonNode get(String action, String query) throws Exception {
    return http.getJson(path(action, query));
  }

  private JsonNode post(String action, String body) throws Exception {
    return http.sendJson("POST", path(action, ""), body);
  }
}
