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

/** Registers webhook URLs at Solar Proof through routes. Failures become problem responses. */
@Singleton
class SolarProofHooks {

  private static final Logger LOG = Logger.getLogger(SolarProofHooks.class);
  private static final String TRY_AGAIN = "; finished steps are kept, send the request again";

  private final ProducerTemplate camel;

  SolarProofHooks(ProducerTemplate camel) {
    this.camel = camel;
  }

  /** Registers the URL for an event. */
  void subscribe(String event, String url) {
    call("subscribe-solarproof", new SolarProofHook(url, event));
  }

  /** Removes all registrations of the URL. */
  void unsubscribe(String url) {
    call("unsubscribe-solarproof", SolarProofHook.ofAllEvents(url));
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
          503, "Service Unavailable", "The folder of routes has no route " + route);
    }
    if (failure instanceof CredentialsRejectedException || status(failure) == 401) {
      return badGateway("Solar Proof does not accept the key: check SOLARPROOF_API_KEY");
    }
    if (failure instanceof PermanentFailureException) {
      String reason = String.valueOf(failure.getMessage());
      return badGateway(reason.replace(hook.url(), WebhookUrls.masked(hook.url())) + TRY_AGAIN);
    }
    if (status(failure) != 0) {
      return badGateway("Solar Proof returned " + status(failure) + TRY_AGAIN);
    }
    return badGateway(
        "Solar Proof at SOLARPROOF_URL is unreachable or returned an invalid response" + TRY_AGAIN);
  }

  private static int status(Throwable failure) {
    return failure instanceof HttpOperationFailedException http ? http.getStatusCode() : 0;
  }

  private static ApiProblem badGateway(String detail) {
    return new ApiProblem(502, "Bad Gateway", detail);
  }
}
