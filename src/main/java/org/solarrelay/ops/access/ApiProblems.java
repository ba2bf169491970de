package org.solarrelay.ops.access;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.solarrelay.database.SqlFailure;

/**
 * Maps exceptions under {@code /api} and of the console to problem+json, without class names. The
 * console shows a page instead.
 */
class ApiProblems {

  private static final Logger LOG = Logger.getLogger(ApiProblems.class);

  @ServerExceptionMapper
  Response problem(ApiProblem problem) {
    Response.ResponseBuilder response =
        Response.status(problem.status()).type("application/problem+json").entity(problem.body());
    if (problem.status() == 401) {
      response.header("WWW-Authenticate", "Bearer");
    }
    if (problem.status() == 503) {
      response.header("Retry-After", 5);
    }
    return response.build();
  }

  /** Maps 404; without this mapper Quarkus responds with HTML to an unknown path. */
  @ServerExceptionMapper
  Response notFound(NotFoundException exception, UriInfo uri, Request request) {
    return rejected(exception, uri, request);
  }

  /** Maps what Quarkus rejects before it calls an endpoint. */
  @ServerExceptionMapper
  Response rejected(WebApplicationException exception, UriInfo uri, Request request) {
    Response original = exception.getResponse();
    boolean ours = isApi(uri) || ConsoleAccess.serves(uri);
    if (!ours || original.hasEntity() || original.getStatus() < 400) {
      return original;
    }
    Response.Status status = Response.Status.fromStatusCode(original.getStatus());
    String title = status == null ? "Error" : status.getReasonPhrase();
    ApiProblem problem =
        new ApiProblem(original.getStatus(), title, detail(original, request, uri));
    Response.ResponseBuilder response = Response.fromResponse(problem(problem));
    if (original.getHeaderString("Allow") != null) {
      response.header("Allow", original.getHeaderString("Allow"));
    }
    return response.build();
  }

  static boolean isApi(UriInfo uri) {
    return (uri.getPath() + "/").startsWith("/api/");
  }

  private static String detail(Response original, Request request, UriInfo uri) {
    String allowed = original.getHeaderString("Allow");
    return switch (original.getStatus()) {
      case 404 ->
          isApi(uri)
              ? "No endpoint has this path; GET /api/contracts lists the API's documents"
              : "The console has no page at this address";
      case 405 ->
          "This path does not support %s%s"
              .formatted(request.getMethod(), allowed == null ? "" : "; it supports " + allowed);
      case 406 -> "The response is application/json; the header Accept rules it out";
      case 415 -> "The body must be application/json, and the header Content-Type must say so";
      default -> "The request is malformed";
    };
  }

  @ServerExceptionMapper
  Response databaseFailed(SQLException e) {
    LOG.debug("The database cannot be read", e);
    if (SqlFailure.of(e) == SqlFailure.DATA) {
      String detail = "An id or parameter has a character or value that the database cannot store";
      return problem(new ApiProblem(400, "Bad Request", detail));
    }
    return problem(new ApiProblem(503, "Service Unavailable", "The database cannot be reached"));
  }
}
