package org.solarrelay.enerflo.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import org.solarrelay.event.ContentHash;
import org.solarrelay.event.EventId;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Lead;
import org.solarrelay.event.Project;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.event.WebhookEvent;

/**
 * Enerflo 1.0's webhooks of a whole install (Enerflo, 1.0 Event Definitions; Update Install
 * Example). The install's id is the event's subject, and the install goes along as it came.
 */
@Singleton
@Named("enerfloInstallTranslator")
public class EnerfloInstallTranslator {

  private record Submitted(
      Project.Customer customer,
      Lead.Address address,
      Map<String, String> ids,
      ObjectNode install) {}

  private record StatusChanged(
      String status,
      Project.Customer customer,
      Lead.Address address,
      Map<String, String> ids,
      ObjectNode install) {}

  private final EnerfloInstallStatuses statuses;

  @Inject
  public EnerfloInstallTranslator(EnerfloInstallStatuses statuses) {
    this.statuses = statuses;
  }

  /**
   * {@code new_install} and {@code submit_install} as {@code project.submitted}; one event where
   * both tell the same state of the install.
   *
   * @return the event; or ignored, for an empty repetition
   * @throws InvalidMessageException where there is no install with an id
   */
  public Translation submitted(Webhook webhook) {
    EnerfloWebhookInstall install = EnerfloWebhookInstall.of(webhook);
    String id = install.id();
    Map<String, String> ids = install.ids(id);
    if (ids.size() == 1 && EnerfloEmptyRepetition.saysNothing(install.root().node())) {
      return Translation.ignored("install " + id + " has no fields: an empty repetition");
    }
    Submitted data =
        new Submitted(install.projectCustomer(), install.address(), ids, install.whole());
    String eventId = EventId.of("enerflo", "project.submitted", id, version(install));
    return event(webhook, EventType.PROJECT_SUBMITTED, eventId, id, data);
  }

  /**
   * {@code update_install} and {@code restore_install} as {@code project.status-changed}. Enerflo
   * does not say what it was that changed: the status is the one the install has now.
   *
   * @return the event; or ignored, where the install tells no status
   * @throws InvalidMessageException where there is no install with an id
   */
  public Translation statusChanged(Webhook webhook) {
    EnerfloWebhookInstall install = EnerfloWebhookInstall.of(webhook);
    String id = install.id();
    String status = statuses.word(install.fields());
    if (status == null) {
      return Translation.ignored("install " + id + " has no status: an empty repetition");
    }
    String eventId = EventId.of("enerflo", "project.status-changed", id, version(install), status);
    StatusChanged data =
        new StatusChanged(
            status, install.projectCustomer(), install.address(), install.ids(id), install.whole());
    return event(webhook, EventType.PROJECT_STATUS_CHANGED, eventId, id, data);
  }

  private static String version(EnerfloWebhookInstall install) {
    String updatedAt = install.updatedAt();
    return updatedAt != null ? updatedAt : ContentHash.of(install.fields().node());
  }

  private static Translation event(
      Webhook webhook, EventType type, String eventId, String subject, Object data) {
    return Translation.of(WebhookEvent.of(webhook, "enerflo", type, eventId, subject, data));
  }
}
