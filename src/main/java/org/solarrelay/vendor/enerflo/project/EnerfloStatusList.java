package org.solarrelay.vendor.enerflo.project;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.solarrelay.event.JsonFields;
import org.solarrelay.vendor.enerflo.EnerfloResponse;
import org.solarrelay.vendor.enerflo.EnerfloStatus;

/** Enerflo's list of install statuses. */
record EnerfloStatusList(List<EnerfloStatus> statuses) {

  static final EnerfloStatusList UNKNOWN = new EnerfloStatusList(List.of());

  /**
   * Reads the list in a response.
   *
   * @param body an array, bare or as {@code results}, {@code data} or {@code statuses}, of objects
   *     with {@code id} and {@code name} or {@code title}
   */
  static EnerfloStatusList read(byte[] body) throws IOException {
    JsonNode response = EnerfloResponse.json(body);
    return new EnerfloStatusList(
        Stream.of(
                response,
                response.path("results"),
                response.path("data"),
                response.path("statuses"))
            .filter(JsonNode::isArray)
            .findFirst()
            .stream()
            .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
            .map(JsonFields::new)
            .filter(it -> isNumber(it.text("id")))
            .filter(it -> it.text("name", "title") != null)
            .map(it -> new EnerfloStatus(Integer.parseInt(it.text("id")), it.text("name", "title")))
            .toList());
  }

  Optional<EnerfloStatus> numbered(String id) {
    return statuses.stream().filter(it -> id.equals(Integer.toString(it.id()))).findFirst();
  }

  /** The status with this name; else the status with another spelling of the name. */
  Optional<EnerfloStatus> called(String name) {
    return statuses.stream()
        .filter(it -> it.name().equalsIgnoreCase(name))
        .findFirst()
        .or(() -> statuses.stream().filter(it -> it.hasName(name)).findFirst());
  }

  /** The names, for people: {@code Active, On Hold}. */
  String names() {
    return statuses.isEmpty()
        ? "no list of statuses"
        : statuses.stream().map(EnerfloStatus::name).collect(Collectors.joining(", "));
  }

  private static boolean isNumber(String text) {
    return text != null && text.matches("\\d{1,9}");
  }
}
