package org.solarrelay.contract;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.function.UnaryOperator;

/**
 * A request of an operation, and the status of its response.
 *
 * @param precondition what must exist before the request
 * @param url the URL with {@code $} for the id of that object
 */
record ApiRequest(
    Operation operation,
    int status,
    Precondition precondition,
    String url,
    UnaryOperator<RequestSpecification> with) {

  /** What must exist before the request. */
  enum Precondition {
    NOTHING,
    EVENT,
    DELIVERED,
    DEAD,
    HELD,
    DEAD_MESSAGE,
    DEAD_GROUP,
    ACKNOWLEDGED_GROUP,
    RUNNING_REPLAY,
    FINISHED_REPLAY,
    REGISTERED,
    REVERTIBLE,
    NO_RUN,
    RUN
  }

  Response send(String id) {
    RequestSpecification request = given().urlEncodingEnabled(false).redirects().follow(false);
    return with.apply(request).request(operation.method(), url.replace("$", id));
  }

  @Override
  public String toString() {
    return "%s %s: %d".formatted(operation.method(), url, status);
  }
}
