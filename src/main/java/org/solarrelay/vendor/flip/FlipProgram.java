package org.solarrelay.vendor.flip;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.camel.Variable;

/** A program's id in the URLs of Flip. */
@Singleton
@Named("flipProgram")
public class FlipProgram {

  private static final Pattern SEGMENT = Pattern.compile("(?!\\.{1,2}$)[^/?#%\\s]+");

  /** The query that asks for its enrollments, encoded (Flip, List enrollments). */
  public String query(@Variable("flipProgram") String programId) {
    return "program_id=" + URLEncoder.encode(programId, StandardCharsets.UTF_8);
  }

  /**
   * The path to its groups, below {@code /v1/programs} (Flip, List groups).
   *
   * @throws IllegalArgumentException where the id would lead elsewhere
   */
  public String groupsPath(@Variable("flipProgram") String programId) {
    if (!SEGMENT.matcher(programId).matches()) {
      throw new IllegalArgumentException("FLIP_PROGRAM_ID is missing or can not be part of a path");
    }
    return programId + "/groups";
  }
}
