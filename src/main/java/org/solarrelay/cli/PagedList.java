package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine;

/** Fetches the pages of a list of the operator API, newest first, and prints them as one list. */
final class PagedList {

  private static final int MAX_PAGE_SIZE = 500;

  private final RelayApi api;
  private final CommandLine command;
  private final int limit;
  private final ArrayNode found = JsonNodeFactory.instance.arrayNode();
  private JsonNode next = NullNode.getInstance();

  /**
   * @param limit how many items at most
   */
  PagedList(RelayApi api, CommandLine command, int limit) {
    this.api = api;
    this.command = command;
    this.limit = limit;
  }

  /**
   * Fetches up to the limit.
   *
   * @param query parameters that select items; it is changed
   * @param noun of an item, for the progress
   */
  void fetch(String path, Map<String, Object> query, String noun) {
    ProgressLine progress = new ProgressLine(command.getErr(), command.getColorScheme().ansi());
    do {
      query.put("limit", Math.min(Math.max(limit - found.size(), 1), MAX_PAGE_SIZE));
      JsonNode page = api.get(path + RelayUrls.query(query));
      page.path("items").forEach(found::add);
      next = page.path("next");
      query.put("cursor", next.asText());
      progress.show(ConsoleFormat.count(found.size(), noun));
    } while (next.isTextual() && found.size() < limit);
    progress.end();
  }

  /**
   * Prints the items.
   *
   * @param json whether as the relay's JSON
   * @param table prints them otherwise
   */
  void print(boolean json, Consumer<JsonNode> table) {
    if (json) {
      ObjectNode list = JsonNodeFactory.instance.objectNode();
      list.set("items", found);
      list.set("next", next);
      new ResultPrinter(command, true).printJson(list);
      return;
    }
    table.accept(found);
    if (next.isTextual()) {
      command.getErr().printf("The newest %d; --limit shows more%n", found.size());
    }
  }
}
