package org.solarrelay.delivery.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.intake.RejectedWebhookRepository;
import org.solarrelay.ops.access.CurrentUser;

/** Lists the newest rejected webhooks. Only operators see the senders' addresses. */
@Path("/api/rejected-webhooks")
@Produces(MediaType.APPLICATION_JSON)
public class RejectedWebhooksResource {

  private final RejectedWebhookRepository webhooks;
  private final CurrentUser user;

  RejectedWebhooksResource(RejectedWebhookRepository webhooks, CurrentUser user) {
    this.webhooks = webhooks;
    this.user = user;
  }

  /**
   * Lists rejected webhooks, newest first.
   *
   * @param cursor the {@code next} of the previous page
   */
  @GET
  public ResultPage<RejectedWebhookRepository.RejectedEntry> list(
      @BeanParam RejectedWebhookParameters selected,
      @RestQuery String cursor,
      @RestQuery String limit)
      throws SQLException {
    int size = ResultPage.size(limit);
    long before = QueryParameters.number("cursor", cursor, Long.MAX_VALUE);
    List<RejectedWebhookRepository.RejectedEntry> found =
        webhooks.find(selected.filter(), before, size + 1);
    List<RejectedWebhookRepository.RejectedEntry> shown =
        user.isViewer()
            ? found.stream().map(RejectedWebhookRepository.RejectedEntry::withoutSender).toList()
            : found;
    return ResultPage.of(shown, size, last -> Long.toString(last.id()));
  }
}
