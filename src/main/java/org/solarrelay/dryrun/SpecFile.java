package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.utils.JsonNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code <route>.test.yaml}. */
final class SpecFile {

  static final String ENDING = ".test.yaml";

  private static final Instant DEFAULT_TIME = Instant.parse("2026-06-01T09:00:00Z");

  private SpecFile() {}

  /**
   * The cases of a file.
   *
   * @throws SpecException with each line that is wrong, and what is allowed there
   */
  static List<Spec> read(Path file) {
    String text = text(file);
    JsonNode root = ValidatedYaml.read("route-spec", file.toString(), text);
    String stem = file.getFileName().toString().replace(ENDING, "");
    String route = root.path("route").asText(stem);
    List<StubResponse> shared = answers(root, file.toString());
    List<Spec> specs = new ArrayList<>();
    for (JsonNode one : root.path("cases")) {
      specs.add(
          Spec.builder(file.toString(), JsonNodes.tokenLocationOf(one).getLineNr())
              .route(route)
              .name(one.path("name").asText())
              .given(one.path("given"))
              .settings(merged(root.path("settings"), one.path("settings")))
              .knownIds(merged(root.path("knownIds"), one.path("knownIds")))
              .answers(answers(one, file.toString()))
              .fileAnswers(shared)
              .approved(one.path("approved").asBoolean())
              .now(now(one))
              .expect(one.path("expect"))
              .build());
    }
    return specs;
  }

  private static Instant now(JsonNode one) {
    return one.has("now")
        ? OffsetDateTime.parse(one.get("now").asText()).toInstant()
        : DEFAULT_TIME;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new SpecException(List.of(file + ": cannot be read"));
    }
  }

  private static List<StubResponse> answers(JsonNode in, String file) {
    List<StubResponse> answers = new ArrayList<>();
    for (JsonNode answer : in.path("answers")) {
      int line = JsonNodes.tokenLocationOf(answer).getLineNr();
      answers.add(StubResponse.read(answer, file + ":" + line));
    }
    return answers;
  }

  private static Map<String, String> merged(JsonNode ofFile, JsonNode ofCase) {
    Map<String, String> merged = new LinkedHashMap<>(StubResponse.texts(ofFile));
    merged.putAll(StubResponse.texts(ofCase));
    return merged;
  }
}
