package org.solarrelay.enerflo;

/**
 * What Enerflo is to be asked so that an event is complete.
 *
 * @param install the id of the install to read, null where none is
 * @param deal the id of the deal whose install is to be found, null where none is
 * @param customer whether the customer may have to be read as well
 * @param note the id of the note to look for, null where none is
 * @param statuses whether a status is known by its number only
 */
public record EnerfloLookups(
    String install, String deal, boolean customer, String note, boolean statuses) {

  static final EnerfloLookups NONE = new EnerfloLookups(null, null, false, null, false);

  /** How many calls this takes at most. */
  public int calls() {
    int installs = install != null || deal != null ? 1 : 0;
    int notes = note != null ? EnerfloNotes.PAGES : 0;
    return installs + (customer ? 1 : 0) + notes + (statuses ? 1 : 0);
  }
}
