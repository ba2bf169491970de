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
import org.solarrelay.event.WebhookEvent;

/**
 * Enerflo 1.0's {@code project_milestone_updated} and {@code new_install_note} as events. Enerflo
 * names both (How to Integrate Enerflo with my CRM, stages 3 and 5) and shows neither, so what
 * tells which milestone or note it is, is enough: the rest is fetched when the event is delivered.
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
   * A milestone whose dates were changed, as {@code project.milestone-changed}.
   *
   * @return the event; or ignored, for an empty repetition
   * @throws InvalidMessageException where there is no install, or no milestone though there is
   *     something, saying what was looked for
   */
  public Translation milestoneChanged(Webhook webhook) {
    EnerfloWebhookInstall install = EnerfloWebhookInstall.of(webhook);
    String id =
        EnerfloWebhookInstall.required(
            EnerfloWebhookInstall.first(install.explicitId(), install.root().text("id")));
    EnerfloWebhookMilestone found;
    try {
      found = EnerfloWebhookMilestone.of(install);
    } catch (InvalidMessageException e) {
      if (EnerfloEmptyWebhook.saysNothing(install.root().node())) {
        return Translation.ignored("install " + id + " has no milestone: an empty repetition");
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
    MilestoneChanged data =
        new MilestoneChanged(
            found.milestone(),
            found.startedOn(),
            found.dueOn(),
            found.completedOn(),
            install.ids(id));
    return Translation.of(
        WebhookEvent.of(webhook, "enerflo", EventType.PROJECT_MILESTONE_CHANGED, key, id, data));
  }

  /**
   * A note on an install, as {@code project.note-added}; without text where only its id came.
   *
   * @return the event; or ignored, for an empty repetition
   * @throws InvalidMessageException where there is no install, or neither text nor id of a note
   *     though there is something, saying what was looked for
   */
  public Translation noteAdded(Webhook webhook) {
    EnerfloWebhookInstall install = EnerfloWebhookInstall.of(webhook);
    EnerfloWebhookNote note = EnerfloWebhookNote.of(install);
    String id = EnerfloWebhookInstall.required(note.installId());
    if (note.text() == null && note.noteId() == null) {
      if (EnerfloEmptyWebhook.saysNothing(install.root().node())) {
        return Translation.ignored("install " + id + " has no note: an empty repetition");
      }
      throw new InvalidMessageException(
          "Enerflo's webhook holds no note: no text under note, content, text, body, message or"
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
    NoteAdded data = new NoteAdded(note.text(), note.noteId(), note.author(), install.ids(id));
    return Translation.of(
        WebhookEvent.of(webhook, "enerflo", EventType.PROJECT_NOTE_ADDED, key, id, data));
  }
}
