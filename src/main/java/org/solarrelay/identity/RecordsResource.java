package org.solarrelay.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.OperatorName;

/**
 * Shows the ids of a customer or project in all systems to operators, and lets them correct the
 * ids.
 */
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

  /** The records, in one page. */
  record Page(List<RecordService.Shown> items) {

    /** Always null: there is no other page. */
    @JsonProperty
    String next() {
      return null;
    }
  }

  /**
   * The record, its customer and its projects, with every id and its source.
   *
   * @param system a system such as {@code enerflo}, or the name of an id such as {@code
   *     enerflo.install} where several kinds of records have the same number
   */
  @GET
  public Page get(@PathParam("system") String system, @PathParam("id") String id)
      throws SQLException {
    List<RecordService.Shown> found = records.find(system, id);
    if (found.isEmpty()) {
      throw unknown(system, id);
    }
    return new Page(found);
  }

  /**
   * Moves ids to the record of this id.
   *
   * @param body {@code {"ids": {"flip.enrollment": "…"}}}
   */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Page put(
      @PathParam("system") String system,
      @PathParam("id") String id,
      @HeaderParam("X-Operator") String operator,
      byte[] body)
      throws SQLException {
    Map<String, String> ids = new LinkedHashMap<>();
    parsed(body)
        .path("ids")
        .properties()
        .forEach(field -> ids.put(field.getKey(), field.getValue().asText("")));
    link(system, id, ids, OperatorName.name(operator));
    return get(system, id);
  }

  /**
   * Moves ids to the record of an id.
   *
   * @param ids by name, such as {@code flip.enrollment}
   * @param by the operator
   */
  public void link(String system, String id, Map<String, String> ids, String by)
      throws SQLException {
    List<ExternalId> others = requestedIds(ids);
    String name = uniqueName(system, id);
    requireFormat(name, id);
    records.moveIds(new ExternalId(name, id, OPERATOR), others, by);
  }

  /** Removes this id from its record. The record keeps its other ids. */
  @DELETE
  public void delete(
      @PathParam("system") String system,
      @PathParam("id") String id,
      @HeaderParam("X-Operator") String operator)
      throws SQLException {
    remove(system, id, OperatorName.name(operator));
  }

  /**
   * Removes an id from its record.
   *
   * @param by the operator
   */
  public void remove(String system, String id, String by) throws SQLException {
    if (!records.remove(uniqueName(system, id), id, by)) {
      throw unknown(system, id);
    }
  }

  private static List<ExternalId> requestedIds(Map<String, String> given) {
    List<ExternalId> ids = new ArrayList<>();
    for (Map.Entry<String, String> field : given.entrySet()) {
      String name = field.getKey();
      String id = field.getValue().strip();
      if (!isName(name) || id.isEmpty()) {
        throw invalid();
      }
      requireFormat(name, id);
      ids.add(new ExternalId(name, id, OPERATOR));
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

  /** The one name with which the system's id is stored. */
  private String uniqueName(String system, String id) throws SQLException {
    List<String> names = records.names(system, id);
    if (names.size() > 1 && !names.contains(system)) {
      throw new ApiProblem(
          409, "Conflict", "Several records have this id; use one of " + String.join(", ", names));
    }
    if (names.isEmpty() && !isName(system)) {
      throw new ApiProblem(
          404,
          "Not Found",
          "%s has no such id; to add one, name its kind: %s.lead, %s.install, …"
              .formatted(system, system, system));
    }
    return names.size() == 1 ? names.get(0) : system;
  }

  private static void requireFormat(String name, String id) {
    IdFormat format = IdFormat.of(name);
    if (!format.matches(id)) {
      throw new ApiProblem(400, "Bad Request", "%s must be %s".formatted(name, format.expected()));
    }
  }

  private static boolean isName(String name) {
    return name.matches("[\\w-]+(\\.[\\w-]+)+");
  }

  private static ApiProblem invalid() {
    return new ApiProblem(
        400, "Bad Request", "The body must be {\"ids\":{\"<system>.<kind>\":\"<id>\", …}}");
  }

  private static ApiProblem unknown(String system, String id) {
    return new ApiProblem(404, "Not Found", "No record has the id %s %s".formatted(system, id));
  }
}
