package org.solarrelay.console;

import io.quarkus.oidc.OidcSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.ops.access.ConsoleAccess;
import org.solarrelay.ops.access.CurrentUser;
import org.solarrelay.ops.access.ForViewers;
import org.solarrelay.ops.access.OperatorSessions;
import org.solarrelay.ops.access.OperatorTokens;

/** Ends the session of a browser, and its login of the identity provider at this relay. */
@Path("/console/sign-out")
public class SignOutResource {

  private final CurrentUser user;
  private final ActivityLog activities;
  private final OperatorTokens tokens;
  private final OperatorSessions sessions;
  private final Instance<OidcSession> providerSession;

  SignOutResource(
      CurrentUser user,
      ActivityLog activities,
      OperatorTokens tokens,
      OperatorSessions sessions,
      Instance<OidcSession> providerSession) {
    this.user = user;
    this.activities = activities;
    this.tokens = tokens;
    this.sessions = sessions;
    this.providerSession = providerSession;
  }

  @POST
  @ForViewers
  public Uni<Response> signOut(@HeaderParam(HttpHeaders.HOST) String host) {
    user.find()
        .ifPresent(
            person ->
                activities.recordLater(
                    Activity.of(person.name(), ActivityAction.SIGN_OUT, SubjectKind.CONSOLE)));
    Response response =
        Response.seeOther(URI.create("/login"))
            .cookie(sessions.end(ConsoleAccess.needsSecureCookie(host)))
            .build();
    Uni<Void> ended =
        tokens.isIdentityProviderOn()
            ? providerSession.get().logout()
            : Uni.createFrom().voidItem();
    return ended.map(done -> response);
  }
}
