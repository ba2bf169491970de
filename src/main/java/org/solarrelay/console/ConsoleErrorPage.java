package org.solarrelay.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.solarrelay.ops.access.ConsoleAccess;

/** Shows an error of the console as a page. */
@Singleton
class ConsoleErrorPage {

  private static final int MIN_ERROR = 400;
  private static final MediaType HTML = MediaType.TEXT_HTML_TYPE.withCharset("UTF-8");

  private final PageFrames frames;

  ConsoleErrorPage(PageFrames frames) {
    this.frames = frames;
  }

  @CheckedTemplate(basePath = "console")
  static class Templates {

    private Templates() {}

    static native TemplateInstance error(PageFrame page, int status, String detail);
  }

  @ServerResponseFilter
  void render(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() < MIN_ERROR
        || !(response.getEntity() instanceof Map<?, ?> problem)
        || !ConsoleAccess.serves(request.getUriInfo())) {
      return;
    }
    String page =
        Templates.error(
                frames.withoutSection(problem.get("title").toString()),
                response.getStatus(),
                problem.get("detail").toString())
            .render();
    response.setEntity(page, null, HTML);
  }
}
