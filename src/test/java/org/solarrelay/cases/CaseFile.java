package org.solarrelay.cases;

import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An input as people really send it, and what has to become of it: a file of {@code
 * src/test/resources/cases}.
 *
 * @param mode {@code preview} sends nothing, {@code live} sends webhooks and Kafka records
 * @param sends webhooks, Kafka records or events, in order
 * @param expect assertions, which {@link CaseAssertion} evaluates
 */
public record CaseFile(
    String id, String name, String mode, List<JsonNode> sends, List<JsonNode> expect) {

  private static final Path FOLDER = Path.of("src/test/resources/cases");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The cases of that mode. */
  public static List<CaseFile> ofMode(String mode) {
    return all().stream().filter(one -> one.mode.equals(mode)).toList();
  }

  /** All cases, by id. */
  static List<CaseFile> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(CaseFile::read)
          .collect(toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fails where one of the expectations does not hold.
   *
   * @param outcomes what became of each send
   * @param suffix what a live run appended to ids
   */
  public void verify(List<CaseOutcome> outcomes, String suffix) {
    CaseAssertion assertion = new CaseAssertion(outcomes, suffix);
    List<JsonNode> broken = expect.stream().filter(one -> !assertion.holds(one)).toList();
    if (!broken.isEmpty()) {
      throw new AssertionError("%s: %s%nexpected %s%ngot %s".formatted(id, name, broken, outcomes));
    }
  }

  @Override
  public String toString() {
    return id;
  }

  private static CaseFile read(Path file) {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      return new CaseFile(
          json.path("id").asText(),
          json.path("name").asText(),
          json.path("mode").asText(),
          list(json.path("send")),
          list(json.path("expect")));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
