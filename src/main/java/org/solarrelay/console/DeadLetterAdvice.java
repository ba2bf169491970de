package org.solarrelay.console;

import java.util.List;
import java.util.regex.Pattern;

/** What the runbook advises for the reason of a dead letter. */
final class DeadLetterAdvice {

  private record Rule(Pattern reason, String advice) {}

  // The first rule that matches applies. The advice is that of docs/runbook.md,
  // SolarRelayDeadLetters.
  private static final List<Rule> RULES =
      List.of(
          rule(
              "returned (404|410)",
              "The vendor has no such record. Leave it, or link the record to the right one."),
          rule(
              "after trying for",
              "The vendor failed with these records until the retries ended. Ask the vendor, then"
                  + " replay."),
          rule(
              "failed in step|the route ",
              "The route is wrong. Fix the line that the reason names, or restore its file, then"
                  + " replay."),
          rule(
              "cannot store it",
              "A value of the message cannot be stored. Fix the sender or the route, then replay."),
          rule(
              "elements",
              "The body has more elements than RELAY_MAX_JSON_ELEMENTS allows. Raise it, or have"
                  + " the sender send less."),
          rule(
              "returned 4\\d\\d|requires ",
              "The record's data is wrong or incomplete. Correct the record at its source, which"
                  + " then sends a new event."),
          rule(
              "",
              "Read an example. If the sender changed its format, fix the route, then replay."));

  private DeadLetterAdvice() {}

  private static Rule rule(String reason, String advice) {
    return new Rule(Pattern.compile(reason), advice);
  }

  static String of(String reason) {
    return RULES.stream()
        .filter(rule -> rule.reason().matcher(reason).find())
        .findFirst()
        .orElseThrow()
        .advice();
  }
}
