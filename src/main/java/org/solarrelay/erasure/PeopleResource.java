package org.solarrelay.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.JsonBody;
import org.solarrelay.ops.access.OperatorName;

/**
 * Erases a person. The person is in the body, because a URL must not hold a person's data: proxies
 * log it.
 */
@Path("/api/people")
@Produces(MediaType.APPLICATION_JSON)
public class PeopleResource {

  private static final String EXAMPLE = "{\"email\": \"ada@example.com\"}";
  private static final int LONGEST = 320;

  private final PersonErasure erasure;

  PeopleResource(PersonErasure erasure) {
    this.erasure = erasure;
  }

  /**
   * Erases a person from the database.
   *
   * @param dryRun true to count without erasing
   * @param body one of {@code email}, {@code phone} and {@code record}, a number; {@code next} of
   *     the last response where that has not finished
   */
  @DELETE
  @Consumes(MediaType.APPLICATION_JSON)
  public ErasureResult erase(
      @RestQuery String dryRun, @HeaderParam("X-Operator") String operator, byte[] body)
      throws SQLException {
    if (dryRun != null && !dryRun.equals("true") && !dryRun.equals("false")) {
      throw new ApiProblem(400, "Bad Request", "dryRun is true or false");
    }
    JsonNode given = JsonBody.optional(body, EXAMPLE);
    return erasure.run(
        person(given),
        Optional.ofNullable(given.path("next").textValue()),
        "true".equals(dryRun),
        OperatorName.name(operator));
  }

  private static Person person(JsonNode given) {
    List<String> named = Stream.of("email", "phone", "record").filter(given::hasNonNull).toList();
    if (named.size() != 1) {
      throw invalid("Name the person by one of email, phone and record: " + EXAMPLE);
    }
    JsonNode value = given.path(named.get(0));
    return switch (named.get(0)) {
      case "email" -> email(value);
      case "phone" -> phone(value);
      default -> record(value);
    };
  }

  private static Person email(JsonNode value) {
    String email = value.isTextual() ? value.textValue().strip() : "";
    if (!email.matches("[^\\s@]+@[^\\s@]+") || email.length() > LONGEST) {
      throw invalid("email is an e-mail address");
    }
    return Person.ofEmail(email);
  }

  private static Person phone(JsonNode value) {
    Person person = Person.ofPhone(value.isTextual() ? value.textValue() : "");
    if (person.keys().isEmpty()) {
      throw invalid("phone is a phone number with its area code");
    }
    return person;
  }

  private static Person record(JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
      throw invalid("record is the relay's number of a record, which ./relay find prints");
    }
    return Person.ofRecord(value.longValue());
  }

  private static ApiProblem invalid(String detail) {
    return new ApiProblem(400, "Bad Request", detail);
  }
}
