package org.solarrelay.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.solarrelay.topic.client.KafkaSecuritySettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code send FILE}: sends a webhook or a Kafka message to a running relay. */
@Command(
    name = "send",
    header = "Send a webhook, or a message on Kafka, to a running relay.",
    description = {"Prints the id for ./relay explain; with --wait, the history."},
    exitCodeList = {
      "0:the message was accepted; with --wait, neither the message nor a delivery is dead",
      "1:the message was rejected; with --wait, the message or a delivery is dead or did not end in time",
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

  @Parameters(paramLabel = "FILE", description = "the message; - for standard input")
  private String file;

  @Option(
      names = "--as",
      paramLabel = "SOURCE",
      description =
          "the source of the webhook: enerflo, solarproof/EVENT, flip or leads; by default derived from a file name like"
              + " webhook-enerflo-new_customer.json, else leads")
  private String as;

  @Option(
      names = "--webhook-token",
      paramLabel = "TOKEN",
      description =
          "the token of the source, or the signing secret of flip; by default the variable WEBHOOK_TOKEN_<SOURCE> or"
              + " WEBHOOK_SECRET_FLIP")
  private String token;

  @Mixin private TopicOptions topic;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description =
          "the event's id; for a webhook its Idempotency-Key. A second message with the same id is a duplicate")
  private String id;

  @Option(
      names = "--wait",
      description = "wait until every delivery has ended, and print the history")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "how long to wait; by default 30")
  private int timeout = 30;

  @Option(names = "--json", description = "with --wait: print the relay's JSON")
  private boolean json;

  @Mixin private RelayOptions relay;
  @ParentCommand private RelayCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    topic.check(new KnownTopics(parent.settings(), relay));
    OutgoingMessage message = OutgoingMessage.read(file);
    Sent sent = topic.isSet() ? toTopic(message) : toWebhook(message);
    if (wait) {
      return awaitOutcome(sent);
    }
    spec.commandLine().getOut().println(sent.id());
    return 0;
  }

  /**
   * A sent message.
   *
   * @param id the id to show: the event's id if the sender set one, else the message id
   * @param messageId the receipt of a webhook, or the record position of a message on Kafka
   */
  private record Sent(String id, String messageId) {}

  private Sent toWebhook(OutgoingMessage message) {
    WebhookTarget target = as == null ? WebhookTarget.ofFile(file) : WebhookTarget.of(as);
    String receipt =
        new WebhookPost(relay.url(), parent.settings(), token).send(target, message, id);
    return new Sent(receipt, receipt);
  }

  private Sent toTopic(OutgoingMessage message) {
    if (as != null) {
      throw CommandException.cannotRun("--as is for webhooks, --topic for Kafka: choose one");
    }
    LogSilencer.silence();
    ProducerRecord<byte[], byte[]> record = topic.record(message, id);
    String position = new TopicSend(topic.kafka(), kafkaSecurity()).send(record);
    return new Sent(TopicSend.id(record, message, position), position);
  }

  private Map<String, Object> kafkaSecurity() {
    return KafkaSecuritySettings.of(
        key -> parent.settings().get(key.toUpperCase(Locale.ROOT).replace('.', '_')));
  }

  private int awaitOutcome(Sent sent) {
    CommandLine command = spec.commandLine();
    ProgressLine progress = new ProgressLine(command.getErr(), command.getColorScheme().ansi());
    EventHistory history =
        new OutcomePoller(relay.api(), progress)
            .awaitFinished(sent.id(), sent.messageId(), Duration.ofSeconds(timeout))
            .orElseThrow(() -> timedOut(sent));
    int exitCode = new ResultPrinter(command, json).printHistory(history);
    if (!history.isFinished()) {
      throw timedOut(sent);
    }
    return exitCode;
  }

  private CommandException timedOut(Sent sent) {
    return CommandException.rejected(
        "Not every delivery has ended within %d s. Check later: ./relay explain %s"
            .formatted(timeout, sent.id()));
  }
}
