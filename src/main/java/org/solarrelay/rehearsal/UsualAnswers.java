package org.solarrelay.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What vendors answer where nobody says otherwise: {@code samples/answers/<kamelet>.yaml}. */
final class UsualAnswers {

  private UsualAnswers() {}

  /**
   * None where there is no such folder.
   *
   * @throws IOException naming the file that can not be read
   */
  static List<VendorAnswer> read(Path folder) throws IOException {
    List<VendorAnswer> answers = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return answers;
    }
    for (Path file : RouteSet.list(folder, ".yaml")) {
      String name = folder.relativize(file).toString();
      for (JsonNode answer : Yaml.read(Files.readString(file))) {
        answers.add(VendorAnswer.read(answer, name));
      }
    }
    // what is said of one path goes before what is said of many
    answers.sort(Comparator.comparingInt(answer -> answer.path().openParts()));
    return answers;
  }
}
