package org.solarrelay.vendor.flip;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.camel.Variable;

/** Builds the parts of Flip's URLs that hold the program's id. */
@Singleton
@Named("flipProgram")
public class FlipProgram {

  private static final Pattern SEGMENT = Pattern.compile("(?!\\.{1,2}$)[^/?#%\\s]+");

  /** The query for the program's enrollments, encoded (Flip, List enrollments). */
  public String query(@Variable("flipProgram") String programId) {
    return "program_id=" + URLEncoder.encode(programId, StandardCharsets.UTF_8);
  }

  /**
   * The path of the program's groups, below {@code /v1/programs} (Flip, List groups).
   *
   * @throws IllegalArgumentException if the id cannot be one segment of a path
   */
  public String groupsPath(@Variable("flipProgram") String programId) {
    if (!SEGMENT.matcher(programId).matches()) {
      throw new IllegalArgumentException("FLIP_PROGRAM_ID is missing or cannot be part of a path");
    }
    return programId + "/groups";
  }
}
