package org.solarrelay.vendor.solarproof;

import jakarta.inject.Singleton;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jboss.logging.Logger;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.ops.access.ApiProblem;

/** Registers URLs at Solar Proof, through the routes; what goes wrong is a problem for people. */
@Singleton
class SolarProofHooks {

  private static final Logger LOG = Logger.getLogger(SolarProofHooks.class);
  private static final String TRY_AGAIN = "; what is done so far is kept, send the request again";

  private final ProducerTemplate camel;

  SolarProofHooks(ProducerTemplate camel) {
    this.camel = camel;
  }

  void subscribe(String event, String url) {
    call("subscribe-solarproof", new SolarProofHook(url, event));
  }

  /** Takes all registrations of the URL back. */
  void unsubscribe(String url) {
    call("unsubscribe-solarproof", new SolarProofHook(url, null));
  }

  private void call(String route, SolarProofHook hook) {
    try {
      camel.requestBody("direct:" + route, hook);
    } catch (CamelExecutionException e) {
      LOG.debug("Solar Proof's webhooks could not be registered", e);
      throw problem(route, hook, e.getCause());
    }
  }

  private static ApiProblem problem(String route, SolarProofHook hook, Throwable failure) {
    if (failure instanceof DirectConsumerNotAvailableException) {
      return new ApiProblem(
          503, "Service Unavailable", "There is no route " + route + " in the folder of routes");
    }
    if (failure instanceof CredentialsRejectedException || status(failure) == 401) {
      return badGateway("Solar Proof does not accept the key: check SOLARPROOF_API_KEY");
    }
    if (failure instanceof PermanentFailureException) {
      String said = String.valueOf(failure.getMessage());
      return badGateway(said.replace(hook.url(), WebhookUrls.masked(hook.url())) + TRY_AGAIN);
    }
    if (status(failure) != 0) {
      return badGateway("Solar Proof returned " + status(failure) + TRY_AGAIN);
    }
    return badGateway(
        "Solar Proof at SOLARPROOF_URL could not be reached or gave no answer of its own"
            + TRY_AGAIN);
  }

  private static int status(Throwable failure) {
    return failure instanceof HttpOperationFailedException http ? http.getStatusCode() : 0;
  }

  private static ApiProblem badGateway(String detail) {
    return new ApiProblem(502, "Bad Gateway", detail);
  }
}
