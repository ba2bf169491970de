package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** The vendors' responses where a spec has no stub: {@code samples/answers/<kamelet>.yaml}. */
record DefaultStubs(List<StubResponse> answers) {

  /**
   * Reads the folder's files; a missing folder has no stubs.
   *
   * @param routes the folder of the route files
   * @throws IOException naming the file that cannot be read
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
    // an exact path goes before a path with wildcards
    answers.sort(Comparator.comparingInt(answer -> answer.path().wildcards()));
    return new DefaultStubs(answers);
  }

  /** The stubs with the paths of the vendors' URLs in {@code settings}. */
  List<StubResponse> as(Config settings) {
    return answers.stream()
        .map(it -> it.as(name -> settings.getOptionalValue(name, String.class)))
        .toList();
  }
}
