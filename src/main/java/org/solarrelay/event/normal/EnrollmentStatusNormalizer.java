package org.solarrelay.event.normal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Maps spellings of an enrollment's status to Flip's words. */
public final class EnrollmentStatusNormalizer {

  /** Flip's words (Flip, Update enrollment). */
  public static final List<String> STATUSES =
      List.of(
          "CREATED",
          "ACTIVE",
          "NEEDS_ACTION",
          "PENDING",
          "REJECTED",
          "UNENROLLED",
          "SUBMITTED",
          "PAUSED");

  private static final Map<String, String> BY_KEY =
      STATUSES.stream().collect(Collectors.toUnmodifiableMap(WordKey::of, Function.identity()));

  private EnrollmentStatusNormalizer() {}

  /** One of {@link #STATUSES}; empty for any other word. */
  public static Optional<String> normalize(String status) {
    return Optional.ofNullable(BY_KEY.get(WordKey.of(status)));
  }
}
