package org.solarrelay.event.normal;

/** A person's name in two parts; either may be null. */
public record PersonName(String first, String last) {

  /** A name of one part, which is a given name. */
  static PersonName ofGivenName(String name) {
    return new PersonName(name, null);
  }
}
