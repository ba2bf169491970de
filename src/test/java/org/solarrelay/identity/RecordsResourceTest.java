package org.solarrelay.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.RelayEnvironment;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class RecordsResourceTest {

  @Inject Identity identity;

  private final String id = UUID.randomUUID().toString().substring(0, 13);
  private final String number = Long.toString(System.nanoTime());

  @BeforeEach
  void awaitTables() {
    HistoryClient.awaitDatabase();
  }

  @Test
  void aRecordShowsItsIdsAndTheirSources() throws SQLException {
    link("crm.lead", id, "enerflo.customer.uuid", "e" + id);

    operator()
        .get("/api/records/crm/" + id)
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].kind", equalTo("customer"))
        .body("items[0].ids.system", hasItems("crm", "enerflo"))
        .body("items[0].ids.kind", hasItems("lead", "customer.uuid"))
        .body("items[0].ids.learntFrom", hasItem("test"))
        .body("next", equalTo(null));
  }

  @Test
  void aProjectIsShownWithItsCustomer() throws SQLException {
    link("crm.lead", id, "enerflo.install", "i" + id);

    operator()
        .get("/api/records/enerflo/i" + id)
        .then()
        .body("items.kind", equalTo(List.of("customer", "project")));
  }

  @Test
  void putMovesAnIdFromTheWrongRecord() throws SQLException {
    String enrollment = UUID.randomUUID().toString();
    link("enerflo.install", number, "crm.project", "r" + id);
    link("enerflo.install", "wrong" + id, "flip.enrollment", enrollment);

    put("/api/records/enerflo/" + number, "flip.enrollment", enrollment)
        .statusCode(200)
        .body("items[0].ids.id", hasItems(enrollment, "r" + id))
        .body("items[0].ids.find { it.system == 'flip' }.learntFrom", equalTo("operator"));

    operator()
        .get("/api/records/enerflo/wrong" + id)
        .then()
        .body("items[0].ids.id", not(hasItem(enrollment)));
  }

  @Test
  void putAssignsAnotherCustomerToAProject() throws SQLException {
    link("enerflo.install", number, "crm.lead", "wrong" + id);
    link("crm.lead", "right" + id, "enerflo.customer", "e" + id);

    put("/api/records/enerflo.install/" + number, "crm.lead", "right" + id)
        .statusCode(200)
        .body("items[0].ids.id", hasItems("right" + id, "e" + id))
        .body("items[0].ids.id", not(hasItem("wrong" + id)));
  }

  @Test
  void putLinksIdsThatWereUnknown() {
    String enrollment = UUID.randomUUID().toString();

    put("/api/records/crm.project/" + id, "flip.enrollment", enrollment)
        .statusCode(200)
        .body("items[0].ids.id", hasItems(id, enrollment));
  }

  @ParameterizedTest
  @CsvSource({
    "enerflo.install,5d0c2f6e-0000-4000-8000-000000000901,a number",
    "enerflo.customer,12a,a number",
    "solarproof.customer,-1,a number",
    "enerflo.deal,901,a UUID",
    "enerflo.customer.uuid,55555,a UUID",
    "flip.enrollment,17,a UUID",
    "erp.project,a\\u0007b,a text"
  })
  void anIdOfAnotherFormatIsRejectedAndNothingIsLinked(String name, String other, String expected)
      throws SQLException {
    link("crm.project", id);

    put("/api/records/crm/" + id, name, other)
        .statusCode(400)
        .contentType("application/problem+json")
        .body("detail", containsString(name + " must be " + expected));
    put("/api/records/" + name + "/" + other.replace("\\u0007", "%07"), "crm.project", id)
        .statusCode(400)
        .body("detail", containsString(expected));

    operator().get("/api/records/crm/" + id).then().body("items.ids.flatten()", hasSize(1));
  }

  @Test
  void ofTwoIdsOfOneNameTheNewestIsCurrent() throws SQLException {
    link("crm.lead", id, "solarproof.customer", "1" + number);
    link("crm.lead", id, "solarproof.customer", "2" + number);

    operator()
        .get("/api/records/crm/" + id)
        .then()
        .body("items[0].ids.findAll { it.current }.id", containsInAnyOrder(id, "2" + number));
    assertThat(identity.idsOf("crm", id)).containsEntry("solarproof.customer", "2" + number);
  }

  @Test
  void deleteRemovesAnId() throws SQLException {
    link("crm.lead", id, "solarproof.customer", "s" + id);

    operator().delete("/api/records/solarproof/s" + id).then().statusCode(204);

    operator().get("/api/records/solarproof/s" + id).then().statusCode(404);
    operator().get("/api/records/crm/" + id).then().body("items[0].ids", hasSize(1));
    operator().delete("/api/records/solarproof/s" + id).then().statusCode(404);
  }

  @Test
  void deleteOfAnAmbiguousIdIsAConflictThatNamesTheChoices() throws SQLException {
    link("enerflo.customer", id);
    link("enerflo.install", id);

    operator()
        .delete("/api/records/enerflo/" + id)
        .then()
        .statusCode(409)
        .body("detail", containsString("enerflo.customer, enerflo.install"));
    operator().delete("/api/records/enerflo.install/" + id).then().statusCode(204);
  }

  @Test
  void anInvalidBodyIsRejectedWithTheValidForm() throws SQLException {
    link("crm.lead", id);
    for (String body :
        List.of("", "{", "{}", "[]", "{\"ids\":{\"flip\":\"1\"}}", "{\"ids\":{\"a.b\":\"\"}}")) {
      operator()
          .contentType("application/json")
          .body(body)
          .put("/api/records/crm/" + id)
          .then()
          .statusCode(400)
          .body("detail", containsString("\"ids\""));
    }
    operator()
        .contentType("application/json")
        .body("{\"ids\":{\"a.b\":\"1\"}}")
        .put("/api/records/crm/unknown" + id)
        .then()
        .statusCode(404)
        .body("detail", containsString("crm.lead"));
  }

  @Test
  void onlyOperatorsSeeRecords() {
    given().get("/api/records/crm/1").then().statusCode(401);
    given().delete("/api/records/crm/1").then().statusCode(401);
  }

  private static ValidatableResponse put(String path, String name, String id) {
    return operator()
        .urlEncodingEnabled(false)
        .contentType("application/json")
        .body("{\"ids\":{\"%s\":\"%s\"}}".formatted(name, id))
        .put(path)
        .then();
  }

  private static RequestSpecification operator() {
    return given().header("Authorization", "Bearer operator-token");
  }

  private void link(String... namesAndIds) throws SQLException {
    List<ExternalId> ids =
        IntStream.range(0, namesAndIds.length / 2)
            .mapToObj(i -> new ExternalId(namesAndIds[2 * i], namesAndIds[2 * i + 1], "test"))
            .toList();
    identity.link(List.of(IdentityLink.ofIds(ids)));
  }
}
