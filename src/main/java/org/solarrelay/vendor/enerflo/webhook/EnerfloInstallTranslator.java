package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import org.solarrelay.event.ContentHash;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Lead;
import org.solarrelay.event.Project;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.event.WebhookEventBuilder;

/**
 * Translates Enerflo 1.0's webhooks of a whole install (Enerflo, 1.0 Event Definitions and Update
 * Install Example). The install's id becomes the event's subject. The event's data holds the
 * install unchanged.
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
   * Translates {@code new_install} and {@code submit_install} into {@code project.submitted}. The
   * second webhook is a duplicate if its content is equal.
   *
   * @return the event; ignored for an empty duplicate
   * @throws InvalidMessageException if the webhook has no install with an id
   */
  public Translation submitted(Webhook webhook) {
    EnerfloWebhookInstall install = EnerfloWebhookInstall.of(webhook);
    String id = install.id();
    Map<String, String> ids = install.ids(id);
    if (ids.size() == 1 && EnerfloEmptyWebhook.isEmpty(install.root().node())) {
      return Translation.ignored("install " + id + " has no fields: an empty duplicate");
    }
    return event(webhook, EventType.PROJECT_SUBMITTED, install, submittedData(install));
  }

  /**
   * Translates {@code update_install} and {@code restore_install} into {@code
   * project.status-changed}. The webhook does not name the changed fields, so every webhook becomes
   * an event with the install's current status.
   *
   * @return the event; ignored if the install has no status
   * @throws InvalidMessageException if the webhook has no install with an id
   */
  public Translation statusChanged(Webhook webhook) {
    EnerfloWebhookInstall install = EnerfloWebhookInstall.of(webhook);
    String id = install.id();
    String status = statuses.word(install.fields());
    if (status == null) {
      return Translation.ignored("install " + id + " has no status: an empty duplicate");
    }
    return event(
        webhook, EventType.PROJECT_STATUS_CHANGED, install, statusChangedData(install, status));
  }

  /** The data of a {@code project.submitted}. */
  static Object submittedData(EnerfloWebhookInstall install) {
    return new Submitted(
        install.projectCustomer(),
        install.address(),
        install.ids(install.id()),
        install.wholeInstall());
  }

  /** The data of a {@code project.status-changed}. */
  static Object statusChangedData(EnerfloWebhookInstall install, String status) {
    return new StatusChanged(
        status,
        install.projectCustomer(),
        install.address(),
        install.ids(install.id()),
        install.wholeInstall());
  }

  private static Translation event(
      Webhook webhook, EventType type, EnerfloWebhookInstall install, Object data) {
    String id = install.id();
    String content = ContentHash.without(install.root().node(), "webhook_event");
    ContentKey key = ContentKey.of(content, "enerflo", type.id(), id);
    return Translation.of(
        new WebhookEventBuilder(webhook, "enerflo", type).contentKey(key).subject(id).build(data));
  }
}
