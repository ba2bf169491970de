package org.solarrelay.vendor.enerflo.lead;

import org.apache.camel.http.base.HttpOperationFailedException;
import org.jboss.logging.Logger;
import org.solarrelay.delivery.NotReadyException;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.routes.FailedStep;

/** Turns a failed hand-off into a problem response for the operator. */
final class EnerfloHandOffFailure {

  private static final Logger LOG = Logger.getLogger(EnerfloHandOffFailure.class);

  private EnerfloHandOffFailure() {}

  static ApiProblem problem(Exception failure) {
    if (failure instanceof NotReadyException) {
      return new ApiProblem(503, "Service Unavailable", failure.getMessage());
    }
    LOG.warnf("A hand-off to Enerflo failed: %s", FailedStep.kind(failure));
    String detail = "Enerflo did not respond with the lead's page";
    if (failure instanceof PermanentFailureException) {
      detail = failure.getMessage();
    } else if (failure instanceof HttpOperationFailedException http) {
      detail = "Enerflo returned " + http.getStatusCode();
    }
    return new ApiProblem(502, "Bad Gateway", detail);
  }
}
