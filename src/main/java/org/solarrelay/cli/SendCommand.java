package org.solarrelay.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.solarrelay.topic.client.KafkaConnection;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code send FILE}: a webhook or a message for a running relay. */
@Command(
    name = "send",
    header = "Send a webhook, or a message on Kafka, to a running relay.",
    description = {
      "Prints the id under which ./relay explain knows it; with --wait, what became of it."
    },
    exitCodeList = {
      "0:it was taken; with --wait, nothing of it is dead",
      "1:it was refused; with --wait, something of it is dead, or had no end in time",
      "2:wrong use, or the relay or Kafka is not reached"
    },
    footer = {
      "  ./relay send --wait routes/samples/webhook-leads-lead.submitted.json",
      "  ./relay send --as solarproof/customer_created customer.json",
      "  ./relay send --topic solar.leads --key yj3Shbi2 lead.json",
      "  ./relay send --topic solar.leads --type lead.changed --source crm --subject 88 lead.json",
      "  ./relay send --wait --topic solar.permits --key P-77 permit.json",
      "  echo '{\"fullName\":\"Ada Example\",\"email\":\"ada@example.com\"}' | ./relay send --wait -"
    })
final class SendCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "what is sent; - for standard input")
  private String file;

  @Option(
      names = "--as",
      paramLabel = "SOURCE",
      description =
          "whose webhook it is: enerflo, solarproof/EVENT, flip or leads; by default what a name like"
              + " webhook-enerflo-new_customer.json tells, else leads")
  private String as;

  @Option(
      names = "--webhook-token",
      paramLabel = "TOKEN",
      description =
          "what that source proves itself with, for flip the signing secret: WEBHOOK_TOKEN_ENERFLO and so on,"
              + " WEBHOOK_SECRET_FLIP")
  private String secret;

  @Mixin private TopicOptions topic;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description =
          "of the event; the same id again changes nothing. Of a webhook its Idempotency-Key")
  private String id;

  @Option(names = "--wait", description = "until every destination has an end, and tell it")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "how long to wait; by default 30")
  private int timeout = 30;

  @Option(names = "--json", description = "with --wait: what the relay answers, as it is")
  private boolean json;

  @Mixin private RelayOptions relay;
  @ParentCommand private RelayCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    topic.check(new KnownTopics(parent.settings(), relay));
    OutgoingMessage message = OutgoingMessage.read(file);
    Sent sent = topic.given() ? toTopic(message) : toWebhook(message);
    if (wait) {
      return told(sent);
    }
    spec.commandLine().getOut().println(sent.id());
    return 0;
  }

  /**
   * What was sent.
   *
   * @param position on its topic; of a webhook its receipt
   */
  private record Sent(String id, String position) {}

  private Sent toWebhook(OutgoingMessage message) {
    WebhookTarget address = as == null ? WebhookTarget.ofFile(file) : WebhookTarget.of(as);
    String receipt =
        new WebhookPost(relay.url(), parent.settings(), secret).send(address, message, id);
    return new Sent(receipt, receipt);
  }

  private Sent toTopic(OutgoingMessage message) {
    if (as != null) {
      throw CommandException.unusable("--as is for webhooks, --topic for Kafka: choose one");
    }
    LogSilencer.begin();
    ProducerRecord<byte[], byte[]> record = topic.record(message, id);
    String place = new TopicSend(topic.kafka(), connection()).send(record);
    return new Sent(TopicSend.id(record, message, place), place);
  }

  private Map<String, Object> connection() {
    return KafkaConnection.of(
        key -> parent.settings().get(key.toUpperCase(Locale.ROOT).replace('.', '_')));
  }

  private int told(Sent sent) {
    CommandLine command = spec.commandLine();
    ProgressLine progress = new ProgressLine(command.getErr(), command.getColorScheme().ansi());
    Optional<EventHistory> story =
        new OutcomePoller(relay.api(), progress)
            .follow(sent.id(), sent.position(), Duration.ofSeconds(timeout));
    int exitCode = story.map(new ResultPrinter(command, json)::story).orElse(1);
    if (story.filter(EventHistory::over).isPresent()) {
      return exitCode;
    }
    throw CommandException.refused(
        "Not all of it had an end within %d s. How it stands later: ./relay explain %s"
            .formatted(timeout, sent.id()));
  }
}
