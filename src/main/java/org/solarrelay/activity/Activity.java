package org.solarrelay.activity;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * An action of an operator or of the relay, to be recorded by {@link ActivityLog}. An activity
 * holds no personal data of customers: records are named by the relay's number.
 *
 * @param who the operator's name
 * @param subject the thing of the {@code kind} that the action concerns; empty where the kind says
 *     everything
 * @param count the number of things; empty for one thing
 * @param details in one line
 */
public record Activity(
    String who,
    ActivityAction action,
    SubjectKind kind,
    Optional<String> subject,
    OptionalLong count,
    Optional<String> details) {

  /** The name for what the relay does by itself. */
  public static final String RELAY = "relay";

  private static final int LONGEST = 500;

  /** Makes each text one line of at most 500 characters. */
  public Activity {
    who = line(who);
    subject = subject.map(Activity::line);
    details = details.map(Activity::line).filter(text -> !text.isEmpty());
  }

  /** An action on one thing, such as the delivery 812. */
  public static Activity of(String who, ActivityAction action, SubjectKind kind, Object subject) {
    return new Activity(
        who, action, kind, Optional.of(subject.toString()), OptionalLong.empty(), Optional.empty());
  }

  /** An action whose kind says everything, such as a sign-in. */
  public static Activity of(String who, ActivityAction action, SubjectKind kind) {
    return new Activity(
        who, action, kind, Optional.empty(), OptionalLong.empty(), Optional.empty());
  }

  /** The same action on this many things. */
  public Activity count(long number) {
    return new Activity(who, action, kind, subject, OptionalLong.of(number), details);
  }

  /** The same action with details. */
  public Activity details(String text) {
    return details(Optional.of(text));
  }

  /** The same action with details, if there are any. */
  public Activity details(Optional<String> text) {
    return new Activity(who, action, kind, subject, count, text);
  }

  private static String line(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    if (line.length() <= LONGEST) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    return line.substring(0, end) + "…";
  }
}
