package org.solarrelay.routes;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.OperatorName;
import org.solarrelay.routes.history.FileVersion;
import org.solarrelay.routes.history.FileVersionRepository;

/** Serves the texts of the route files: those in force, and earlier versions. */
@Path("/api/routes")
@Produces(MediaType.APPLICATION_JSON)
public class RouteVersionsResource {

  private final RouteFileLoader files;
  private final FileVersionRepository versions;

  RouteVersionsResource(RouteFileLoader files, FileVersionRepository versions) {
    this.files = files;
    this.versions = versions;
  }

  /** The files in force on the responding pod, text by path. */
  record Files(Map<String, String> files) {}

  /** The versions of a file, newest first. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Versions(List<Item> items) {

    /** Null: there is no further page. */
    @JsonProperty
    String next() {
      return null;
    }
  }

  /**
   * @param inForce whether the responding pod uses this text
   */
  record Item(long version, OffsetDateTime inForceAt, boolean inForce, String text) {}

  /**
   * @param version the version that the file was reverted to
   * @param written whether the folder holds the version now; otherwise the version replaces the
   *     folder's file until that file changes
   * @param inForce whether the version is in force on the responding pod
   */
  record Reverted(
      String file, long version, OffsetDateTime inForceAt, boolean written, boolean inForce) {}

  @GET
  @Path("files")
  public Files files() {
    return new Files(files.inForce());
  }

  @GET
  @Path("versions")
  public Versions versions(@QueryParam("file") String file) throws SQLException {
    String path = required(file);
    Optional<String> inForce = Optional.ofNullable(files.inForce().get(path));
    List<Item> items = new ArrayList<>();
    boolean found = false;
    for (FileVersion version : versions.versions(path)) {
      // an older version may have the same text
      boolean same = !found && inForce.filter(version.text()::equals).isPresent();
      found |= same;
      items.add(new Item(version.number(), version.inForceAt(), same, version.text()));
    }
    if (items.isEmpty() && inForce.isEmpty()) {
      throw new ApiProblem(
          404, "Not Found", "There is no route file of this name; GET /api/routes lists them");
    }
    return new Versions(items);
  }

  /**
   * Reverts a file to an earlier version.
   *
   * @param version its number; null for the previous version
   */
  @POST
  @Path("revert")
  public Reverted revert(
      @QueryParam("file") String file,
      @QueryParam("version") String version,
      @HeaderParam("X-Operator") String operator)
      throws SQLException, InterruptedException {
    String path = required(file);
    try {
      FileReverter.Result result =
          files.reverter().revert(path, number(version), OperatorName.name(operator));
      FileVersion taken = result.version();
      return new Reverted(
          path, taken.number(), taken.inForceAt(), result.written(), result.inForce());
    } catch (FileReverter.RejectedRevertException e) {
      throw e.isUnknown()
          ? new ApiProblem(404, "Not Found", e.getMessage())
          : new ApiProblem(409, "Conflict", e.getMessage());
    }
  }

  private static String required(String file) {
    if (file == null) {
      throw new ApiProblem(
          400, "Bad Request", "file is the path within the folder, such as fan-out.camel.yaml");
    }
    return file;
  }

  private static Optional<Long> number(String version) {
    if (version == null) {
      return Optional.empty();
    }
    if (!version.matches("\\d{1,18}")) {
      throw new ApiProblem(400, "Bad Request", "version is a number");
    }
    return Optional.of(Long.parseLong(version));
  }
}
