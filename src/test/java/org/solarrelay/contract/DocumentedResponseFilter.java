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
 * Checks every response in any {@code @QuarkusTest} against the OpenAPI document: status, media
 * type and every field of the body.
 */
public class DocumentedResponseFilter implements QuarkusTestBeforeEachCallback, Filter {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Integer> ERRORS = Set.of(400, 401, 403, 404, 405, 503);
  private static final List<String> PREFIXES = List.of("/api/", "/webhooks/", "/handoff/");
  private static final String ADVICE =
      "\nBring src/main/resources/contracts/openapi.yaml in line with the code (or the other way"
          + " round), then render the page with "
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
    if (path != null && PREFIXES.stream().anyMatch(path::startsWith)) {
      check(
          request.getMethod(),
          path,
          response.statusCode(),
          response.contentType(),
          response.asByteArray());
    }
    return response;
  }

  /** The path; null if the request goes elsewhere or has an invalid URI on purpose. */
  private static String path(String uri) {
    try {
      URI parsed = URI.create(uri);
      return parsed.getPort() == RestAssured.port ? parsed.getRawPath() : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Fails if a response is not as documented.
   *
   * @param path the encoded path of the request
   * @param type the media type; empty or null if there is no body
   */
  public static void check(String method, String path, int status, String type, byte[] body) {
    Optional<Operation> operation = Operation.of(method, path);
    if (operation.isEmpty()) {
      require(
          ERRORS.contains(status),
          "%s %s is served (%d) and not documented".formatted(method, path, status));
      return;
    }
    String what = "%s %s, response %d".formatted(method, operation.get().path(), status);
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
      List<String> errors = StrictSchemaValidator.errors(media.get("schema"), json(body));
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

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message + ADVICE);
    }
  }
}
