package org.solarrelay.topic;

import io.opentelemetry.api.trace.SpanKind;
import java.util.List;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.solarrelay.event.TopicMessage;
import org.solarrelay.ops.telemetry.LogContext;
import org.solarrelay.ops.telemetry.RelayTracer;
import org.solarrelay.ops.telemetry.TraceSpan;
import org.solarrelay.routes.FailedStep;

/**
 * Sends each record of a batch through the active route, then stores the items that its steps
 * collected.
 */
final class BatchProcessor implements TopicReader.Handler {

  private final String stage;
  private final Endpoint entry;
  private final AsyncProducer route;
  private final RecordOutcomeHandler outcomes;
  private final RelayTracer tracing;
  private final boolean ownTopic;

  /**
   * @param ownTopic whether the route is an engineer's, which makes events of JSON, and no stage of
   *     the pipeline
   */
  BatchProcessor(
      String stage,
      Endpoint entry,
      RecordOutcomeHandler outcomes,
      RelayTracer tracing,
      boolean ownTopic)
      throws Exception {
    this.ownTopic = ownTopic;
    this.stage = stage;
    this.entry = entry;
    this.route = entry.createAsyncProducer();
    this.outcomes = outcomes;
    this.tracing = tracing;
  }

  @Override
  public void handle(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
    RecordBatch batch = new RecordBatch(outcomes);
    for (ConsumerRecord<byte[], byte[]> polled : records) {
      ConsumerRecord<byte[], byte[]> record = ReplayedRecord.withOriginalTime(polled);
      TraceSpan trace =
          tracing.continueFrom(RelayTracer.traceparent(record.headers()), stage, SpanKind.CONSUMER);
      try {
        process(batch.begin(record, stage, trace));
      } finally {
        trace.end();
      }
    }
    batch.store();
  }

  private void process(BatchRecord record) throws Exception {
    Exchange exchange = entry.createExchange();
    record.attachTo(exchange);
    TopicMessage message = TopicMessage.of(record.record());
    exchange.getMessage().setBody(message);
    if (ownTopic) {
      new MessageOrigin(message).attachTo(exchange);
    }
    try (LogContext.Scope scope = record.work().enter()) {
      route.process(exchange);
      if (exchange.getException() != null) {
        end(record, exchange, exchange.getException());
      } else if (ownTopic && record.isEmpty()) {
        record.ignored(MessageOrigin.sentNothing(stage));
      }
    }
  }

  /** Ends the record of an exchange whose failure no error handler has handled. */
  private void end(BatchRecord record, Exchange exchange, Exception failure) {
    if (!record.isMessageFault(exchange, failure)) {
      String failed = FailedStep.calledRoute(exchange, failure).orElse(stage);
      throw new StageUnavailableException("the route %s waits".formatted(failed), failure);
    }
    record.failed(exchange, failure);
  }
}
