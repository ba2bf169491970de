package org.solarrelay.vendor.enerflo.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.normal.WordKey;
import org.solarrelay.vendor.enerflo.EnerfloResponse;

/** An install in Enerflo's responses (Enerflo, Install Object; the v3 API adds further fields). */
public record EnerfloInstall(ObjectNode node) {

  /**
   * Reads the install in a response.
   *
   * @param body the body; the install may be inside {@code install} or {@code data}
   * @return null where the body has no install
   */
  static EnerfloInstall read(byte[] body) throws IOException {
    JsonNode response = EnerfloResponse.json(body);
    if (EnerfloResponse.failed(response)) {
      return null;
    }
    return Stream.of(response, response.path("install"), response.path("data"))
        .filter(node -> node.isObject() && new JsonFields(node).text("id") != null)
        .findFirst()
        .map(node -> new EnerfloInstall((ObjectNode) node))
        .orElse(null);
  }

  public String id() {
    return fields().text("id");
  }

  /** The install with this id, which becomes part of a path. */
  EnerfloInstall withId(String id) {
    return new EnerfloInstall(node.deepCopy().put("id", id));
  }

  String customerId() {
    return fields().text("customer_id");
  }

  JsonFields customer() {
    return fields().in("customer");
  }

  /** The milestone with this name, in any case; else the milestone with this id. */
  Optional<JsonFields> milestone(String id, String name) {
    Optional<JsonFields> named =
        milestones()
            .filter(it -> name != null && name.strip().equalsIgnoreCase(title(it)))
            .findFirst()
            .or(() -> milestones().filter(it -> hasName(it, name)).findFirst());
    return named.isPresent()
        ? named
        : milestones().filter(it -> id != null && id.equals(it.text("id"))).findFirst();
  }

  /** Whether the milestone has this name. Hyphens, underscores and blanks do not matter. */
  private static boolean hasName(JsonFields milestone, String name) {
    String title = title(milestone);
    return name != null
        && title != null
        && !WordKey.of(name).isEmpty()
        && WordKey.of(name).equals(WordKey.of(title));
  }

  List<String> milestoneTitles() {
    return milestones().map(EnerfloInstall::title).filter(title -> title != null).toList();
  }

  static String title(JsonFields milestone) {
    return milestone.text("title", "name");
  }

  private Stream<JsonFields> milestones() {
    return StreamSupport.stream(node.path("milestones").spliterator(), false).map(JsonFields::new);
  }

  private JsonFields fields() {
    return new JsonFields(node);
  }
}
