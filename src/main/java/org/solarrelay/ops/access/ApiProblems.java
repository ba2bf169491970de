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

/** Turns what goes wrong under {@code /api} into problem+json without class names. */
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

  /** Without this mapper Quarkus describes a path that does not exist in HTML. */
  @ServerExceptionMapper
  Response notFound(NotFoundException refused, UriInfo uri, Request request) {
    return rejected(refused, uri, request);
  }

  /** Responds in the API's form to what Quarkus rejects before an endpoint is called. */
  @ServerExceptionMapper
  Response rejected(WebApplicationException refused, UriInfo uri, Request request) {
    Response original = refused.getResponse();
    if (!isApi(uri) || original.hasEntity() || original.getStatus() < 400) {
      return original;
    }
    Response.Status status = Response.Status.fromStatusCode(original.getStatus());
    String title = status == null ? "Error" : status.getReasonPhrase();
    ApiProblem problem = new ApiProblem(original.getStatus(), title, detail(original, request));
    Response.ResponseBuilder response = Response.fromResponse(problem(problem));
    if (original.getHeaderString("Allow") != null) {
      response.header("Allow", original.getHeaderString("Allow"));
    }
    return response.build();
  }

  static boolean isApi(UriInfo uri) {
    return (uri.getPath() + "/").startsWith("/api/");
  }

  private static String detail(Response original, Request request) {
    String allowed = original.getHeaderString("Allow");
    return switch (original.getStatus()) {
      case 404 -> "No endpoint has this path; GET /api/contracts lists the API's documents";
      case 405 ->
          "This path does not take %s%s"
              .formatted(request.getMethod(), allowed == null ? "" : "; it takes " + allowed);
      case 406 -> "The response is application/json; the header Accept rules it out";
      case 415 -> "The body must be application/json, and the header Content-Type must say so";
      default -> "The request is malformed";
    };
  }

  @ServerExceptionMapper
  Response databaseRefused(SQLException e) {
    LOG.debug("The ledger can not be read", e);
    if (SqlFailure.of(e) == SqlFailure.DATA) {
      String detail = "An id or parameter holds a character or value that the ledger can not hold";
      return problem(new ApiProblem(400, "Bad Request", detail));
    }
    return problem(
        new ApiProblem(503, "Service Unavailable", "The ledger's database can not be reached"));
  }
}
