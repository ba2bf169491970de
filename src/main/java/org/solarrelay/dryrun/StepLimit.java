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

/** Ends a message that passes more steps than any message needs: its route goes in a circle. */
final class StepLimit implements InterceptStrategy {

  private static final int MOST = 20_000;

  private final AtomicInteger passed = new AtomicInteger();

  /** Another message comes. */
  void begin() {
    passed.set(0);
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext camel, NamedNode node, Processor step, Processor next) {
    return new DelegateAsyncProcessor(step) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        if (passed.incrementAndGet() <= MOST) {
          return super.process(exchange, callback);
        }
        exchange.setException(
            new InvalidMessageException(
                "the message passed %,d steps: a loop does not end".formatted(MOST)));
        callback.done(true);
        return true;
      }
    };
  }
}
