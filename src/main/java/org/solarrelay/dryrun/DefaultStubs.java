package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** What vendors answer where nobody says otherwise: {@code samples/answers/<kamelet>.yaml}. */
record DefaultStubs(List<StubResponse> answers) {

  /**
   * None where there is no such folder.
   *
   * @param routes the folder of the route files
   * @throws IOException naming the file that can not be read
   */
  static DefaultStubs read(Path routes) throws IOException {
    Path folder = routes.resolve("samples/answers");
    List<StubResponse> answers = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return new DefaultStubs(answers);
    }
    for (Path file : RouteGraph.list(folder, ".yaml")) {
      String name = folder.relativize(file).toString();
      for (JsonNode answer : YamlReader.read(Files.readString(file))) {
        answers.add(StubResponse.read(answer, name));
      }
    }
    // what is said of one path goes before what is said of many
    answers.sort(Comparator.comparingInt(answer -> answer.path().openParts()));
    return new DefaultStubs(answers);
  }

  /** The same, as the settings have the vendors' URLs. */
  List<StubResponse> as(Config settings) {
    return answers.stream()
        .map(it -> it.as(name -> settings.getOptionalValue(name, String.class).orElse(null)))
        .toList();
  }
}
