package org.solarrelay.standalone.sandbox;

/** An invented customer of both Enerflo and Flip. */
record SandboxPerson(
    String firstName,
    String lastName,
    String email,
    String street,
    String city,
    String state,
    String zip) {

  static final SandboxPerson FIRST =
      new SandboxPerson(
          "Robin",
          "Sample",
          "robin.sample@example.com",
          "901 Sandbox Street",
          "Testville",
          "CA",
          "88800");

  static final SandboxPerson SECOND =
      new SandboxPerson(
          "Alex",
          "Example",
          "alex.example@example.com",
          "902 Sandbox Street",
          "Testville",
          "CA",
          "88801");

  String fullName() {
    return firstName + " " + lastName;
  }
}
