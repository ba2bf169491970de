package org.solarrelay.vendor.enerflo.webhook;

import static org.solarrelay.vendor.enerflo.webhook.EnerfloWebhookInstall.first;

import java.util.Objects;
import java.util.stream.Stream;
import org.solarrelay.event.JsonFields;

/**
 * The note in a {@code new_install_note}. Its fields are not documented. In Enerflo's list of notes
 * {@code id} is the install's id and {@code note_id} the note's. A webhook may use {@code id} for
 * the install or the note: if one of the two has its own field, {@code id} is the id of the other.
 *
 * @param installId null where the webhook has none
 * @param noteId null where the webhook has none
 * @param text null where the webhook has none
 * @param author null where the webhook has none
 */
record EnerfloWebhookNote(String installId, String noteId, String text, String author) {

  static EnerfloWebhookNote of(EnerfloWebhookInstall install) {
    JsonFields root = install.root();
    JsonFields note = root.in("note").isObject() ? root.in("note") : root.in("install_note");
    String rootId = root.text("id");
    String innerId = note.text("id");
    String noteId = first(root.text("note_id"), note.text("note_id"));
    String installId =
        first(
            install.namedId(),
            note.text("install_id", "epc_install_id"),
            rootId,
            noteId == null ? null : innerId);
    boolean isRootIdOfNote = rootId != null && !rootId.equals(installId);
    noteId = first(noteId, innerId, isRootIdOfNote ? rootId : null);
    return new EnerfloWebhookNote(installId, noteId, text(root, note), author(root, note));
  }

  /** A note in Enerflo's list, which names the author by a number only. */
  static EnerfloWebhookNote ofListed(String installId, String noteId, String text) {
    return new EnerfloWebhookNote(installId, noteId, text, null);
  }

  private static String text(JsonFields root, JsonFields note) {
    String[] names = {"note", "content", "text", "body", "message", "comment"};
    return first(note.text(names), root.text(names));
  }

  private static String author(JsonFields root, JsonFields note) {
    return Stream.of(note, root)
        .flatMap(
            place ->
                Stream.of(
                    place.text("author", "author_name", "author_email", "created_by_name"),
                    person(place.in("author")),
                    person(place.in("user")),
                    person(place.in("creator")),
                    person(place.in("created_by")),
                    notANumber(place.text("created_by", "user", "creator"))))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static String person(JsonFields person) {
    String name = person.text("name", "full_name", "fullName", "email");
    String given = person.text("first_name", "firstName");
    String family = person.text("last_name", "lastName");
    return name != null || given == null ? name : family == null ? given : given + " " + family;
  }

  private static String notANumber(String text) {
    return text == null || text.matches("\\d+") ? null : text;
  }
}
