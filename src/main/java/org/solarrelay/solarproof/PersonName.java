package org.solarrelay.solarproof;

/** A person's name in two parts; either may be null. */
record PersonName(String first, String last) {

  /**
   * The separate parts where there is at least one, else the whole name split before its last word.
   * A single word is a first name.
   */
  static PersonName of(String first, String last, String whole) {
    if (first != null || last != null || whole == null) {
      return new PersonName(first, last);
    }
    int lastWord = whole.lastIndexOf(' ') + 1;
    return lastWord == 0
        ? new PersonName(whole, null)
        : new PersonName(whole.substring(0, lastWord).strip(), whole.substring(lastWord));
  }
}
