package org.solarrelay.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.Story;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class RecordsResourceTest {

  @Inject Identity identity;

  private final String id = UUID.randomUUID().toString().substring(0, 13);

  @BeforeEach
  void tablesAreThere() {
    Story.awaitLedger();
  }

  @Test
  void aRecordShowsItsIdsAndWhereEachWasLearnt() throws SQLException {
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
  void aWrongLinkIsPutRight() throws SQLException {
    link("enerflo.install", "right" + id, "crm.project", "r" + id);
    link("enerflo.install", "wrong" + id, "flip.enrollment", "f" + id);

    operator()
        .contentType("application/json")
        .body("{\"ids\":{\"flip.enrollment\":\"f%s\"}}".formatted(id))
        .put("/api/records/enerflo/right" + id)
        .then()
        .statusCode(200)
        .body("items[0].ids.id", hasItems("f" + id, "r" + id))
        .body("items[0].ids.find { it.system == 'flip' }.learntFrom", equalTo("operator"));

    operator()
        .get("/api/records/enerflo/wrong" + id)
        .then()
        .body("items[0].ids.id", not(hasItem("f" + id)));
  }

  @Test
  void aProjectIsGivenAnotherCustomer() throws SQLException {
    link("enerflo.install", "i" + id, "crm.lead", "wrong" + id);
    link("crm.lead", "right" + id, "enerflo.customer", "e" + id);

    operator()
        .contentType("application/json")
        .body("{\"ids\":{\"crm.lead\":\"right%s\"}}".formatted(id))
        .put("/api/records/enerflo.install/i" + id)
        .then()
        .statusCode(200)
        .body("items[0].ids.id", hasItems("right" + id, "e" + id))
        .body("items[0].ids.id", not(hasItem("wrong" + id)));
  }

  @Test
  void aLinkCanBeMadeBeforeAnythingIsKnown() {
    operator()
        .contentType("application/json")
        .body("{\"ids\":{\"flip.enrollment\":\"f%s\"}}".formatted(id))
        .put("/api/records/crm.project/" + id)
        .then()
        .statusCode(200)
        .body("items[0].ids.id", hasItems(id, "f" + id));
  }

  @Test
  void anIdIsForgotten() throws SQLException {
    link("crm.lead", id, "solarproof.customer", "s" + id);

    operator().delete("/api/records/solarproof/s" + id).then().statusCode(204);

    operator().get("/api/records/solarproof/s" + id).then().statusCode(404);
    operator().get("/api/records/crm/" + id).then().body("items[0].ids", hasSize(1));
    operator().delete("/api/records/solarproof/s" + id).then().statusCode(404);
  }

  @Test
  void whatIsAmbiguousIsAskedFor() throws SQLException {
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
  void whatCannotBeLinkedIsRefusedWithTheFormThatCan() throws SQLException {
    link("crm.lead", id);
    for (String body :
        List.of("{}", "[]", "{\"ids\":{\"flip\":\"1\"}}", "{\"ids\":{\"a.b\":\"\"}}")) {
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

  private static RequestSpecification operator() {
    return given().header("Authorization", "Bearer operator-token");
  }

  private void link(String... namesAndIds) throws SQLException {
    List<KnownId> ids =
        IntStream.range(0, namesAndIds.length / 2)
            .mapToObj(i -> new KnownId(namesAndIds[2 * i], namesAndIds[2 * i + 1], "test"))
            .toList();
    identity.link(List.of(new Link(ids, null, null)));
  }
}
