package org.solarrelay.console;

import io.quarkus.oidc.SecurityEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;

/** Records sign-ins at the identity provider, which lead to no resource of the relay. */
@Singleton
class ProviderSignInObserver {

  private final ActivityLog activities;

  ProviderSignInObserver(ActivityLog activities) {
    this.activities = activities;
  }

  void record(@Observes SecurityEvent event) {
    if (event.getEventType() == SecurityEvent.Type.OIDC_LOGIN) {
      activities.recordLater(
          Activity.of(
              event.getSecurityIdentity().getPrincipal().getName(),
              ActivityAction.SIGN_IN,
              SubjectKind.CONSOLE));
    }
  }
}
