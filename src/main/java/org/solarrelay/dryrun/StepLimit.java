package org.solarrelay.dryrun;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.solarrelay.event.InvalidMessageException;

/** Fails a message after 20,000 steps: no message needs so many, so its route loops. */
final class StepLimit implements InterceptStrategy {

  private static final int MAX_STEPS = 20_000;

  private final AtomicInteger passed = new AtomicInteger();

  /** Resets the count for the next message. */
  void begin() {
    passed.set(0);
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext camel, NamedNode node, Processor step, Processor next) {
    return new DelegateAsyncProcessor(step) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        if (passed.incrementAndGet() <= MAX_STEPS) {
          return super.process(exchange, callback);
        }
        exchange.setException(
            new InvalidMessageException(
                "the message passed %,d steps: a loop does not end".formatted(MAX_STEPS)));
        callback.done(true);
        return true;
      }
    };
  }
}
