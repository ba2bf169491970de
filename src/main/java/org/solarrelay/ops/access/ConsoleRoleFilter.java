package org.solarrelay.ops.access;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Rejects changes by people who may only read, and adds the headers of the console's responses. */
@Singleton
class ConsoleRoleFilter {

  private final CurrentUser current;
  private final FormToken form;
  private final CurrentVertxRequest vertx;

  ConsoleRoleFilter(CurrentUser current, FormToken form, CurrentVertxRequest vertx) {
    this.current = current;
    this.form = form;
    this.vertx = vertx;
  }

  @ServerRequestFilter
  void requireRole(ContainerRequestContext request, ResourceInfo resource) {
    if (!ConsoleAccess.serves(request.getUriInfo())
        || ReadMethods.matches(request)
        || resource.getResourceMethod() == null
        || resource.getResourceMethod().isAnnotationPresent(ForViewers.class)) {
      return;
    }
    current.requireOperator();
  }

  @ServerResponseFilter
  void addHeaders(ContainerRequestContext request, ContainerResponseContext response) {
    if (!ConsoleAccess.serves(request.getUriInfo())) {
      return;
    }
    // with no-referrer a browser sends Origin: null with its own forms; a header of the response
    // would not replace that of quarkus.http.header, but be added to it
    vertx.getCurrent().response().headers().set("Referrer-Policy", "same-origin");
    form.cookie(ConsoleAccess.needsSecureCookie(request.getHeaderString("Host")))
        .ifPresent(cookie -> response.getHeaders().add("Set-Cookie", cookie));
  }
}
