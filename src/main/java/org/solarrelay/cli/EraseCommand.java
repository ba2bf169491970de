package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code erase TEXT}: erases a person from the relay's database. */
@Command(
    name = "erase",
    header = "Erase a person's data, by e-mail address, phone number or record.",
    description = {
      "Prints the records that match and what would be erased, then asks. Vendors' ids stay, so that a later webhook"
          + " finds its record. Kafka keeps messages until their retention ends. Run it again after a minute: a"
          + " message that was on its way is found then."
    },
    exitCodeList = {
      "0:the person is erased, or nothing matches",
      "1:a delivery is still in flight: run it again",
      "2:wrong use, or the relay is not reached"
    },
    footer = {
      "  ./relay erase ada@example.com --dry-run",
      "  ./relay erase '(415) 555-0144' --yes",
      "  ./relay erase 812                     the record with this number, which ./relay find prints"
    })
final class EraseCommand implements Callable<Integer> {

  /** The kinds of what is erased, in words, in the order of the report. */
  private static final Map<String, String> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("events", "events");
    KINDS.put("mentions", "  of them about other records, with the e-mail address or phone number");
    KINDS.put("deliveries", "deliveries");
    KINDS.put("cancelled", "  of them not finished; they are cancelled");
    KINDS.put("attempts", "failed attempts with responses");
    KINDS.put("messages", "messages that became no event");
    KINDS.put("keys", "e-mail addresses, phone numbers, names and addresses of records");
    KINDS.put("ids", "ids that hold personal data");
  }

  private static final int PHONE_DIGITS = 7;

  /** Longer than a call to a vendor may take. */
  private static final int MOST_PAUSES = 30;

  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Parameters(
      paramLabel = "TEXT",
      description = "an e-mail address, a phone number, or the number of a record")
  private String text;

  @Option(names = "--dry-run", description = "erase nothing: print what would be erased")
  private boolean dryRun;

  @Option(names = "--yes", description = "do not ask")
  private boolean yes;

  @Mixin private OperatorOptions operator;
  @Mixin private RelayOptions relay;
  @Spec private CommandSpec spec;

  /** The sums of all requests of one erasure. */
  private static final class Report {
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private JsonNode last;

    void add(JsonNode result) {
      last = result;
      KINDS
          .keySet()
          .forEach(
              kind -> counts.merge(kind, result.path("counts").path(kind).asLong(), Long::sum));
    }

    boolean isFinished() {
      return last.path("finished").asBoolean();
    }

    boolean isEmpty() {
      return counts.values().stream().allMatch(count -> count == 0);
    }
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RelayApi api = relay.api().as(operator.name());
    Report found = run(api, true);
    printRecords(found, out);
    print(found, out);
    if (dryRun || found.isEmpty()) {
      return 0;
    }
    if (!yes && !confirmed()) {
      out.println("Nothing was erased");
      return 0;
    }
    Report erased = run(api, false);
    out.println("Erased:");
    print(erased, out);
    if (!erased.isFinished()) {
      out.println("A delivery is in flight. Run the command again once it has ended.");
    }
    out.flush();
    return erased.isFinished() ? 0 : 1;
  }

  /** Repeats the request until it has finished, or a delivery in flight takes too long. */
  private Report run(RelayApi api, boolean dry) {
    Report report = new Report();
    ObjectNode body = person();
    int pauses = 0;
    while (true) {
      report.add(api.delete("/api/people" + (dry ? "?dryRun=true" : ""), body));
      if (report.isFinished()) {
        return report;
      }
      body.set("next", report.last.path("next"));
      if (report.last.path("inFlight").asLong() > 0) {
        if (pauses++ == MOST_PAUSES) {
          return report;
        }
        PollInterval.await(PAUSE);
      }
    }
  }

  private ObjectNode person() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (text.contains("@")) {
      return body.put("email", text);
    }
    return text.matches("\\d{1,%d}".formatted(PHONE_DIGITS - 1))
        ? body.put("record", Long.parseLong(text))
        : body.put("phone", text);
  }

  private static void printRecords(Report found, PrintWriter out) {
    JsonNode records = found.last.path("records");
    if (records.isEmpty()) {
      out.println("No record matches");
      return;
    }
    TextTable table = new TextTable("RECORD", "KIND", "E-MAIL", "PHONE", "IDS");
    for (JsonNode record : records) {
      table.add(
          List.of(
              record.path("record").asText(),
              record.path("kind").asText(),
              joined(record.path("emails")),
              joined(record.path("phones")),
              record.path("ids").asText()));
    }
    table.print(out);
  }

  private static String joined(JsonNode texts) {
    return StreamSupport.stream(texts.spliterator(), false)
        .map(one -> TerminalText.clean(one.asText()))
        .collect(Collectors.joining(", "));
  }

  private static void print(Report report, PrintWriter out) {
    if (report.isEmpty()) {
      out.println("There is nothing to erase");
    }
    report.counts.forEach(
        (kind, count) -> {
          if (count > 0) {
            out.printf("%8d  %s%n", count, KINDS.get(kind));
          }
        });
    out.flush();
  }

  private static boolean confirmed() {
    Console console = System.console();
    if (console == null) {
      throw CommandException.cannotRun(
          "Standard input is no terminal: add --yes to erase, or --dry-run to count only.");
    }
    String answer = console.readLine("Erase all of this? It cannot be undone. [y/N] ");
    return answer != null && answer.strip().matches("(?i)y|yes");
  }
}
