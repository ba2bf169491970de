package org.solarrelay.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.ops.access.ConsoleAccess;
import org.solarrelay.ops.access.CurrentUser;
import org.solarrelay.ops.access.ForViewers;
import org.solarrelay.ops.access.IdentityProviderUsers;
import org.solarrelay.ops.access.OperatorName;
import org.solarrelay.ops.access.OperatorSessions;
import org.solarrelay.ops.access.OperatorTokens;

/** Signs people in, and leads them back to the page that they asked for. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class LoginPage {

  private static final String TITLE = "Sign in";
  private static final String WRONG_TOKEN = "This is not the operator token.";

  /** Pages of the console only: a link must not lead to another site after the sign-in. */
  private static final Pattern NEXT = Pattern.compile("/console([/?][!-~&&[^\\\\]]*)?");

  private final PageFrames frames;
  private final CurrentUser user;
  private final OperatorTokens tokens;
  private final OperatorSessions sessions;
  private final IdentityProviderUsers providerUsers;
  private final ActivityLog activities;

  LoginPage(
      PageFrames frames,
      CurrentUser user,
      OperatorTokens tokens,
      OperatorSessions sessions,
      IdentityProviderUsers providerUsers,
      ActivityLog activities) {
    this.frames = frames;
    this.user = user;
    this.tokens = tokens;
    this.sessions = sessions;
    this.providerUsers = providerUsers;
    this.activities = activities;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    static native TemplateInstance login(
        PageFrame page, boolean open, boolean token, boolean provider, String next, String error);
  }

  /**
   * @param next the page to continue with
   * @param htmx sent with a request that renews a part of a page. After the end of the session the
   *     browser then loads the whole page
   */
  @GET
  @Path("login")
  public Response form(@RestQuery String next, @HeaderParam("HX-Request") String htmx) {
    if (user.find().isPresent() && !tokens.isOpen()) {
      return seeOther(page(next));
    }
    Response.ResponseBuilder response = Response.ok(login(next, ""));
    return htmx == null ? response.build() : response.header("HX-Refresh", "true").build();
  }

  @POST
  @Path("login")
  @ForViewers
  public Response signIn(
      @RestForm String token,
      @RestForm String name,
      @RestForm String next,
      @HeaderParam(HttpHeaders.HOST) String host) {
    Optional<NewCookie> session =
        sessions.begin(token, name, ConsoleAccess.needsSecureCookie(host));
    session.ifPresent(
        begun ->
            activities.recordLater(
                Activity.of(OperatorName.name(name), ActivityAction.SIGN_IN, SubjectKind.CONSOLE)));
    return session
        .map(cookie -> Response.seeOther(URI.create(page(next))).cookie(cookie).build())
        .orElseGet(
            () ->
                Response.status(Response.Status.UNAUTHORIZED)
                    .entity(login(next, WRONG_TOKEN))
                    .build());
  }

  /** Redirects to the identity provider, which redirects back here. */
  @GET
  @Path("login/provider")
  public Uni<Response> provider(@RestQuery String next) {
    if (user.find().isPresent() || !tokens.isIdentityProviderOn()) {
      return Uni.createFrom().item(seeOther(page(next)));
    }
    return providerUsers.redirect();
  }

  private TemplateInstance login(String next, String error) {
    return Templates.login(
        frames.withoutSection(TITLE),
        tokens.isOpen(),
        tokens.isConfigured(),
        tokens.isIdentityProviderOn(),
        page(next),
        error);
  }

  private static Response seeOther(String page) {
    return Response.seeOther(URI.create(page)).build();
  }

  private static String page(String next) {
    return next != null && NEXT.matcher(next).matches() ? next : ConsolePage.NOW.path();
  }
}
