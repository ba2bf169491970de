package org.solarrelay.console;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.solarrelay.ops.access.CurrentUser;
import org.solarrelay.ops.access.FormToken;

/** Makes the frame of a page for the current request. */
@Singleton
public class PageFrames {

  private final CurrentVertxRequest request;
  private final CurrentUser user;
  private final FormToken form;
  private final ConsoleAssets assets;
  private final PodName pod;

  PageFrames(
      CurrentVertxRequest request,
      CurrentUser user,
      FormToken form,
      ConsoleAssets assets,
      PodName pod) {
    this.request = request;
    this.user = user;
    this.form = form;
    this.assets = assets;
    this.pod = pod;
  }

  /** Makes the frame of a page that the navigation lists. */
  public PageFrame of(ConsolePage page) {
    return of(page, page.title());
  }

  /**
   * Makes the frame of a page of one thing, such as a destination.
   *
   * @param section the entry of the navigation that stays marked
   * @param title the thing's name
   */
  public PageFrame of(ConsolePage section, String title) {
    return frame(Optional.of(section), title);
  }

  /** Makes the frame of a page that no entry of the navigation leads to. */
  public PageFrame withoutSection(String title) {
    return frame(Optional.empty(), title);
  }

  private PageFrame frame(Optional<ConsolePage> section, String title) {
    return new PageFrame(
        title,
        section.orElse(null),
        request.getCurrent().request().uri(),
        user.find().orElse(null),
        form.value(),
        assets.folder(),
        pod.toString(),
        Instant.now());
  }
}
