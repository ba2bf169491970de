package org.solarrelay.vendor.crm;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.solarrelay.delivery.CredentialsRejectedException;

/** Signs callbacks as Standard Webhooks requires: HMAC-SHA256 over id, timestamp and body. */
@Singleton
@Named("crmSignature")
public class CrmSignature {

  private final Clock clock;

  @Inject
  public CrmSignature(Clock clock) {
    this.clock = clock;
  }

  /**
   * Signs a callback with the current time.
   *
   * @param secret {@code whsec_} and base64
   * @throws CredentialsRejectedException if the secret has another form; the destination pauses,
   *     because every event would fail
   */
  public CrmCallback.Signed sign(@Body CrmCallback callback, @Variable("crmSecret") String secret) {
    long now = clock.instant().getEpochSecond();
    String payload = new String(callback.json(), StandardCharsets.UTF_8);
    try {
      String signature = new Webhook(secret).sign(callback.id(), now, payload);
      return new CrmCallback.Signed(callback.id(), now, signature, callback.json());
    } catch (IllegalArgumentException | WebhookSigningException e) {
      throw new CredentialsRejectedException("CRM_WEBHOOK_SECRET is not whsec_ followed by base64");
    }
  }
}
