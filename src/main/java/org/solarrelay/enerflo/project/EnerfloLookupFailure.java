package org.solarrelay.enerflo.project;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Set;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.solarrelay.delivery.AccessDeniedException;
import org.solarrelay.delivery.NotYetException;
import org.solarrelay.delivery.RefusedException;

/**
 * Failures of Enerflo's while an event is completed. They are not those of the destination that the
 * event is for, which must not be paused for them.
 */
@Singleton
@Named("enerfloLookupFailure")
public class EnerfloLookupFailure {

  private static final Set<Integer> MAY_PASS = Set.of(401, 403, 408, 425, 429);

  /**
   * Says what a failed look-up means.
   *
   * @throws NotYetException where it may pass
   * @throws RefusedException where it will not
   */
  public void judge(Exception failure) {
    if (failure instanceof NotYetException || failure instanceof RefusedException) {
      throw (RuntimeException) failure;
    }
    if (failure instanceof HttpOperationFailedException http) {
      String reason = "Enerflo answered %d when asked for the rest".formatted(http.getStatusCode());
      boolean mayPass = http.getStatusCode() >= 500 || MAY_PASS.contains(http.getStatusCode());
      throw mayPass ? new NotYetException(reason) : new RefusedException(reason);
    }
    boolean denied = failure instanceof AccessDeniedException;
    String why = denied ? failure.getMessage() : failure.getClass().getSimpleName();
    throw new NotYetException("Enerflo could not be asked for the rest: " + why);
  }
}
