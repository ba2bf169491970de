package org.solarrelay.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds every answer that any {@code @QuarkusTest} gets against the OpenAPI document: its status,
 * its media type, and every field of its body.
 */
public class AsDocumented implements QuarkusTestBeforeEachCallback, Filter {

  private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 404, 405, 503);
  private static final List<String> SERVED = List.of("/api/", "/webhooks/", "/handoff/");
  private static final String ADVICE =
      "\nBring src/main/resources/contracts/openapi.yaml in line with the code (or the other way"
          + " round), then renew the page with "
          + ContractPage.COMMAND;

  @Override
  public void beforeEach(QuarkusTestMethodContext test) {
    RestAssured.replaceFiltersWith(this);
  }

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext context) {
    Response response = context.next(request, expected);
    String path = path(request.getURI());
    if (path != null && SERVED.stream().anyMatch(path::startsWith)) {
      check(request.getMethod(), path, response);
    }
    return response;
  }

  /** The path, null where the request goes elsewhere or is no URI on purpose. */
  private static String path(String uri) {
    try {
      URI asked = URI.create(uri);
      return asked.getPort() == RestAssured.port ? asked.getRawPath() : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static void check(String method, String path, Response response) {
    Optional<Operation> operation = Operation.of(method, path);
    if (operation.isEmpty()) {
      require(
          REFUSALS.contains(response.statusCode()),
          "%s %s is served (%d) and not documented".formatted(method, path, response.statusCode()));
      return;
    }
    String what =
        "%s %s, answered %d".formatted(method, operation.get().path(), response.statusCode());
    Node documented = operation.get().response(Integer.toString(response.statusCode()));
    require(!documented.json().isMissingNode(), what + ": that status is not documented");
    if (documented.has("content")) {
      checkContent(what, documented.get("content"), response);
    } else {
      require(response.asByteArray().length == 0, what + ": a body is not documented");
    }
  }

  private static void checkContent(String what, Node content, Response response) {
    String type = response.contentType().split(";")[0];
    Node media = content.get(type);
    require(!media.json().isMissingNode(), what + ": " + type + " is not documented");
    if (type.endsWith("json") && media.has("schema")) {
      List<String> errors = Strict.errors(media.get("schema"), json(response.asString()));
      require(errors.isEmpty(), what + ": its body differs: " + String.join("; ", errors));
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }

  private static void require(boolean fits, String otherwise) {
    if (!fits) {
      throw new AssertionError(otherwise + ADVICE);
    }
  }
}
