package org.solarrelay.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.solarrelay.ops.access.ApiProblem;

/** Which record of one system is which of another, for operators to see and to correct. */
@Path("/api/records/{system}/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class RecordsResource {

  private static final String OPERATOR = "operator";

  private final RecordService records;
  private final ObjectMapper json;

  RecordsResource(RecordService records, ObjectMapper json) {
    this.records = records;
    this.json = json;
  }

  /** The records, as a list of the operator API. */
  record Page(List<RecordService.Shown> items, String next) {}

  /**
   * The record, its customer and its projects, with every id and where it was learnt.
   *
   * @param system such as {@code enerflo}; {@code enerflo.install} where its customer has the
   *     number
   */
  @GET
  public Page get(@PathParam("system") String system, @PathParam("id") String id)
      throws SQLException {
    List<RecordService.Shown> found = records.find(system, id);
    if (found.isEmpty()) {
      throw unknown(system, id);
    }
    return new Page(found, null);
  }

  /**
   * Links ids to this one, whatever they were linked to before.
   *
   * @param body {@code {"ids": {"flip.enrollment": "…"}}}
   */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Page put(@PathParam("system") String system, @PathParam("id") String id, byte[] body)
      throws SQLException {
    List<ExternalId> ids = told(body);
    String name = exactly(system, id);
    requireForm(name, id);
    records.join(new ExternalId(name, id, OPERATOR), ids);
    return get(system, id);
  }

  /** Forgets whose id this is. What belonged to the record besides stays linked. */
  @DELETE
  public void delete(@PathParam("system") String system, @PathParam("id") String id)
      throws SQLException {
    if (!records.remove(exactly(system, id), id)) {
      throw unknown(system, id);
    }
  }

  private List<ExternalId> told(byte[] body) {
    List<ExternalId> ids = new ArrayList<>();
    for (Map.Entry<String, JsonNode> told : parsed(body).path("ids").properties()) {
      String id = told.getValue().asText("").strip();
      if (!isName(told.getKey()) || id.isEmpty()) {
        throw invalid();
      }
      requireForm(told.getKey(), id);
      ids.add(new ExternalId(told.getKey(), id, OPERATOR));
    }
    if (ids.isEmpty()) {
      throw invalid();
    }
    return ids;
  }

  private JsonNode parsed(byte[] body) {
    try {
      return json.readTree(body);
    } catch (IOException e) {
      throw invalid();
    }
  }

  /** The one name under which the system has the id. */
  private String exactly(String system, String id) throws SQLException {
    List<String> names = records.names(system, id);
    if (names.size() > 1 && !names.contains(system)) {
      throw new ApiProblem(
          409, "Conflict", "There are several: say one of " + String.join(", ", names));
    }
    if (names.isEmpty() && !isName(system)) {
      throw new ApiProblem(
          404,
          "Not Found",
          "No such id is known of %s; to make one known, say what it is: %s.lead, %s.install, …"
              .formatted(system, system, system));
    }
    return names.size() == 1 ? names.get(0) : system;
  }

  private static void requireForm(String name, String id) {
    IdFormat form = IdFormat.of(name);
    if (!form.fits(id)) {
      throw new ApiProblem(400, "Bad Request", "%s is %s".formatted(name, form.expected()));
    }
  }

  private static boolean isName(String name) {
    return name.matches("[\\w-]+(\\.[\\w-]+)+");
  }

  private static ApiProblem invalid() {
    return new ApiProblem(
        400, "Bad Request", "The body is {\"ids\":{\"<system>.<kind>\":\"<id>\", …}}");
  }

  private static ApiProblem unknown(String system, String id) {
    return new ApiProblem(404, "Not Found", "No record is known as %s %s".formatted(system, id));
  }
}
