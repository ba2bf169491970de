package org.solarrelay.vendor.enerflo.project;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.NotReadyException;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.delivery.http.FailureCause;
import org.solarrelay.delivery.http.FailureClass;
import org.solarrelay.delivery.http.FailureText;
import org.solarrelay.routes.FailedStep;

/**
 * Converts failures of Enerflo during an enrichment. The destination of the event has not failed,
 * so these failures must not pause it.
 */
@Singleton
@Named("enerfloLookupFailure")
public class EnerfloLookupFailure {

  private final RelayConfig.Delivery policy;

  public EnerfloLookupFailure(RelayConfig config) {
    this.policy = config.delivery();
  }

  /**
   * Throws the exception for a failed look-up.
   *
   * @throws NotReadyException if a later attempt may succeed
   * @throws PermanentFailureException if no later attempt can succeed
   */
  public void judge(Exception thrown) {
    Throwable failure = FailureCause.of(thrown);
    if (failure instanceof NotReadyException || failure instanceof PermanentFailureException) {
      throw (RuntimeException) failure;
    }
    if (failure instanceof HttpOperationFailedException http) {
      String reason =
          "Enerflo returned %d to a request for missing data".formatted(http.getStatusCode());
      boolean permanent = FailureClass.of(http.getStatusCode(), policy) == FailureClass.PERMANENT;
      throw permanent ? new PermanentFailureException(reason) : new NotReadyException(reason);
    }
    String why =
        failure instanceof CredentialsRejectedException
            ? failure.getMessage()
            : FailureText.ofCall("Enerflo", failure).orElseGet(() -> FailedStep.kind(failure));
    throw new NotReadyException("Enerflo did not return the missing data: " + why);
  }
}
