import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Leaves in the SBOM of a build what the build's folder holds, and nothing else: Quarkus also lists
 * what it built with. Fails where a library of the folder is not in it.
 *
 * <p>{@code java RuntimeSbom.java FOLDER}, with Jackson on the class path.
 */
final class RuntimeSbom {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private RuntimeSbom() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path file = folder.resolve("quarkus-run-cyclonedx.json");
    ObjectNode sbom = (ObjectNode) JSON.readTree(file.toFile());
    Set<String> libraries = libraries(folder);

    Set<String> kept = new TreeSet<>();
    Set<String> listed = new TreeSet<>();
    retain(
        sbom.withArray("components"),
        component -> {
          String location = location(component);
          boolean isThere = !location.isEmpty() && Files.exists(folder.resolve(location));
          if (isThere) {
            kept.add(component.path("bom-ref").asText());
            listed.add(location);
          }
          return isThere;
        });
    kept.add(sbom.at("/metadata/component/bom-ref").asText());
    retain(sbom.withArray("dependencies"), entry -> kept.contains(entry.path("ref").asText()));
    for (JsonNode entry : sbom.path("dependencies")) {
      if (entry.has("dependsOn")) {
        retain((ArrayNode) entry.get("dependsOn"), ref -> kept.contains(ref.asText()));
      }
    }

    libraries.removeAll(listed);
    if (!libraries.isEmpty()) {
      throw new IllegalStateException("not in the SBOM: " + libraries);
    }
    JSON.writeValue(file.toFile(), sbom);
    System.out.printf("SBOM: %d components%n", sbom.path("components").size());
  }

  private static Set<String> libraries(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("lib"))) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String location(JsonNode component) {
    return component.at("/evidence/occurrences/0/location").asText("");
  }

  private static void retain(ArrayNode array, Predicate<JsonNode> wanted) {
    for (int i = array.size() - 1; i >= 0; i--) {
      if (!wanted.test(array.get(i))) {
        array.remove(i);
      }
    }
  }
}
