package org.solarrelay.console;

import org.solarrelay.activity.ActivityQueries;
import org.solarrelay.activity.SubjectKind;

/** An activity as its page shows it. */
public record ActivityView(ActivityQueries.ActivityEntry entry) {

  /** The thing that the action concerns, such as {@code delivery 812}. */
  public String subject() {
    String kind = entry.kind().replace('-', ' ');
    return entry.subject().map(subject -> kind + " " + subject).orElse(kind);
  }

  /** The path of the subject's page; empty where it has none. */
  public String path() {
    return SubjectKind.find(entry.kind())
        .flatMap(kind -> entry.subject().map(subject -> path(kind, subject)))
        .orElse("");
  }

  private static String path(SubjectKind kind, String subject) {
    return switch (kind) {
      case DELIVERY, MESSAGE, STORY -> "/console/events/" + ConsoleText.pathSegment(subject);
      case DESTINATION -> ConsolePage.DESTINATIONS.path() + "/" + ConsoleText.pathSegment(subject);
      case BULK_REPLAY -> "/console/replays/" + ConsoleText.pathSegment(subject);
      case DEAD_GROUP -> ConsolePage.DEAD_LETTERS.path();
      case RECORD -> RecordView.path(RecordView.RELAY, subject);
      case ROUTE_FILE ->
          ConsolePage.ROUTES.path() + "/source?file=" + ConsoleText.urlEncoded(subject);
      case DELIVERIES, MESSAGES, PERSON, ROUTE_FILES, CONSOLE -> "";
    };
  }

  /** The number of things; empty for one thing. */
  public String count() {
    return entry.count().map(Object::toString).orElse("");
  }

  public String details() {
    return entry.details().orElse("");
  }
}
