package org.solarrelay.contract;

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
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds every answer that any {@code @QuarkusTest} gets against the OpenAPI document: its status,
 * its media type, and every field of its body.
 */
public class AsDocumented implements QuarkusTestBeforeEachCallback, Filter {

  private static final ObjectMapper JSON = new ObjectMapper();
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
      check(
          request.getMethod(),
          path,
          response.statusCode(),
          response.contentType(),
          response.asByteArray());
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

  /**
   * Fails where a response is not as documented.
   *
   * @param path of the request, encoded
   * @param type the media type; empty or null where there is no body
   */
  public static void check(String method, String path, int status, String type, byte[] body) {
    Optional<Operation> operation = Operation.of(method, path);
    if (operation.isEmpty()) {
      require(
          REFUSALS.contains(status),
          "%s %s is served (%d) and not documented".formatted(method, path, status));
      return;
    }
    String what = "%s %s, answered %d".formatted(method, operation.get().path(), status);
    Node documented = operation.get().response(Integer.toString(status));
    require(!documented.json().isMissingNode(), what + ": that status is not documented");
    if (documented.has("content")) {
      checkContent(what, documented.get("content"), type, body);
    } else {
      require(body.length == 0, what + ": a body is not documented");
    }
  }

  private static void checkContent(String what, Node content, String contentType, byte[] body) {
    String type = contentType.split(";")[0];
    Node media = content.get(type);
    require(!media.json().isMissingNode(), what + ": " + type + " is not documented");
    if (type.endsWith("json") && media.has("schema")) {
      List<String> errors = Strict.errors(media.get("schema"), json(body));
      require(errors.isEmpty(), what + ": its body differs: " + String.join("; ", errors));
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + new String(body, StandardCharsets.UTF_8), e);
    }
  }

  private static void require(boolean fits, String otherwise) {
    if (!fits) {
      throw new AssertionError(otherwise + ADVICE);
    }
  }
}
