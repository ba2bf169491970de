package org.solarrelay.operator;

import jakarta.ws.rs.core.Response;
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
    return response.build();
  }

  @ServerExceptionMapper
  Response databaseRefused(SQLException e) {
    LOG.debug("The ledger can not be read", e);
    if (SqlFailure.of(e) == SqlFailure.DATA) {
      String detail = "An id or parameter holds a character or value that the ledger can not hold";
      return problem(new ApiProblem(400, "Bad Request", detail));
    }
    ApiProblem away =
        new ApiProblem(503, "Service Unavailable", "The ledger's database can not be reached");
    return Response.fromResponse(problem(away)).header("Retry-After", 5).build();
  }
}
