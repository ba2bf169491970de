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
 * Failures of Enerflo's while an event is enriched. They are not those of the destination that the
 * event is for, which must not be paused for them.
 */
@Singleton
@Named("enerfloLookupFailure")
public class EnerfloLookupFailure {

  private final RelayConfig.Delivery policy;

  public EnerfloLookupFailure(RelayConfig config) {
    this.policy = config.delivery();
  }

  /**
   * Says what a failed look-up means.
   *
   * @throws NotReadyException where it may pass
   * @throws PermanentFailureException where it will not
   */
  public void judge(Exception thrown) {
    Throwable failure = FailureCause.of(thrown);
    if (failure instanceof NotReadyException || failure instanceof PermanentFailureException) {
      throw (RuntimeException) failure;
    }
    if (failure instanceof HttpOperationFailedException http) {
      String reason = "Enerflo returned %d when asked for the rest".formatted(http.getStatusCode());
      boolean permanent = FailureClass.of(http.getStatusCode(), policy) == FailureClass.PERMANENT;
      throw permanent ? new PermanentFailureException(reason) : new NotReadyException(reason);
    }
    String why =
        failure instanceof CredentialsRejectedException
            ? failure.getMessage()
            : FailureText.ofCall("Enerflo", failure).orElseGet(() -> FailedStep.kind(failure));
    throw new NotReadyException("Enerflo could not be asked for the rest: " + why);
  }
}
