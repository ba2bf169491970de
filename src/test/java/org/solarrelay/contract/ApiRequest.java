package org.solarrelay.contract;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.function.UnaryOperator;

/**
 * A request of an operation that is answered with that status.
 *
 * @param url with {@code $} for the id of what it is about
 */
record ApiRequest(
    Operation operation,
    int status,
    About about,
    String url,
    UnaryOperator<RequestSpecification> with) {

  /** What has to be there first. */
  enum About {
    NOTHING,
    EVENT,
    DELIVERED,
    DEAD,
    HELD,
    DEAD_MESSAGE,
    REGISTERED,
    REVERTIBLE
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
