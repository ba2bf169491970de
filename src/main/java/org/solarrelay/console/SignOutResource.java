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
import org.solarrelay.ops.access.ConsoleAccess;
import org.solarrelay.ops.access.ForViewers;
import org.solarrelay.ops.access.OperatorSessions;
import org.solarrelay.ops.access.OperatorTokens;

/** Ends the session of a browser, and its login of the identity provider at this relay. */
@Path("/console/sign-out")
public class SignOutResource {

  private final OperatorTokens tokens;
  private final OperatorSessions sessions;
  private final Instance<OidcSession> providerSession;

  SignOutResource(
      OperatorTokens tokens, OperatorSessions sessions, Instance<OidcSession> providerSession) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.providerSession = providerSession;
  }

  @POST
  @ForViewers
  public Uni<Response> signOut(@HeaderParam(HttpHeaders.HOST) String host) {
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
