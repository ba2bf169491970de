package org.solarrelay.vendor.enerflo.webhook;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import org.solarrelay.event.ContentHash;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.EventData;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.Project;
import org.solarrelay.event.Translation;
import org.solarrelay.event.Webhook;
import org.solarrelay.event.WebhookEventBuilder;

/**
 * Translates Enerflo 1.0's {@code project_milestone_updated} and {@code new_install_note}. Enerflo
 * names both webhooks (How to Integrate Enerflo with my CRM, stages 3 and 5) but does not document
 * their fields. An id or a name of the milestone or note is enough; the event is enriched before
 * its delivery.
 */
@Singleton
@Named("enerfloProgressTranslator")
public class EnerfloProgressTranslator {

  private record MilestoneChanged(
      Project.Milestone milestone,
      String startedOn,
      String dueOn,
      String completedOn,
      Map<String, String> ids) {}

  private record NoteAdded(String note, String noteId, String author, Map<String, String> ids) {}

  /**
   * Translates changed dates of a milestone into {@code project.milestone-changed}.
   *
   * @return the event; ignored for an empty duplicate
   * @throws InvalidMessageException if the webhook has no install, or other fields but no
   *     milestone; the text names the expected fields
   */
  public Translation milestoneChanged(Webhook webhook) {
    EnerfloWebhookInstall install = EnerfloWebhookInstall.of(webhook);
    String id =
        EnerfloWebhookInstall.requireId(
            EnerfloWebhookInstall.first(install.namedId(), install.root().text("id")));
    EnerfloWebhookMilestone found;
    try {
      found = EnerfloWebhookMilestone.of(install);
    } catch (InvalidMessageException e) {
      if (EnerfloEmptyWebhook.isEmpty(install.root().node())) {
        return Translation.ignored("install " + id + " has no milestone: an empty duplicate");
      }
      throw e;
    }
    ContentKey key =
        ContentKey.of(
            ContentHash.of(EventData.write(found), install.updatedAt()),
            "enerflo",
            EventType.PROJECT_MILESTONE_CHANGED.id(),
            id,
            found.milestone().id() != null ? found.milestone().id() : found.milestone().name());
    Object data = milestoneChangedData(found, install.ids(id));
    return Translation.of(
        new WebhookEventBuilder(webhook, "enerflo", EventType.PROJECT_MILESTONE_CHANGED)
            .contentKey(key)
            .subject(id)
            .build(data));
  }

  /**
   * Translates a note on an install into {@code project.note-added}, without text if the webhook
   * has the note's id only.
   *
   * @return the event; ignored for an empty duplicate
   * @throws InvalidMessageException if the webhook has no install, or other fields but neither text
   *     nor id of a note; the text names the expected fields
   */
  public Translation noteAdded(Webhook webhook) {
    EnerfloWebhookInstall install = EnerfloWebhookInstall.of(webhook);
    EnerfloWebhookNote note = EnerfloWebhookNote.of(install);
    String id = EnerfloWebhookInstall.requireId(note.installId());
    if (note.text() == null && note.noteId() == null) {
      if (EnerfloEmptyWebhook.isEmpty(install.root().node())) {
        return Translation.ignored("install " + id + " has no note: an empty duplicate");
      }
      throw new InvalidMessageException(
          "Enerflo's webhook has no note: no text under note, content, text, body, message or"
              + " comment, and no note_id or note.id");
    }
    String createdAt = install.root().text("created_at");
    ContentKey key =
        ContentKey.of(
            ContentHash.of(EventData.write(note), createdAt),
            "enerflo",
            EventType.PROJECT_NOTE_ADDED.id(),
            id,
            String.valueOf(note.noteId() != null ? note.noteId() : createdAt));
    Object data = noteAddedData(note, install.ids(id));
    return Translation.of(
        new WebhookEventBuilder(webhook, "enerflo", EventType.PROJECT_NOTE_ADDED)
            .contentKey(key)
            .subject(id)
            .build(data));
  }

  /** The data of a {@code project.milestone-changed}. */
  static Object milestoneChangedData(EnerfloWebhookMilestone found, Map<String, String> ids) {
    return new MilestoneChanged(
        found.milestone(), found.startedOn(), found.dueOn(), found.completedOn(), ids);
  }

  /** The data of a {@code project.note-added}. */
  static Object noteAddedData(EnerfloWebhookNote note, Map<String, String> ids) {
    return new NoteAdded(note.text(), note.noteId(), note.author(), ids);
  }
}
