package org.solarrelay.ops.telemetry;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Sets the {@link LogContext} of an exchange on the thread of each step. A route continues on the
 * thread that receives a vendor's response, so a thread's context would be lost at the first call.
 */
public final class LogContextInterceptor implements InterceptStrategy {

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext camel, NamedNode node, Processor step, Processor next) {
    return mayLog(node) ? withLogContext(step) : step;
  }

  /** Other steps log nothing themselves. */
  private static boolean mayLog(NamedNode node) {
    return node instanceof LogDefinition
        || node instanceof ProcessDefinition
        || node instanceof BeanDefinition
        || node instanceof ToDefinition to && to.getEndpointUri().startsWith("log:");
  }

  private static Processor withLogContext(Processor step) {
    return new DelegateAsyncProcessor(step) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        try (LogContext.Scope scope = LogContext.enter(exchange)) {
          return super.process(exchange, callback);
        }
      }
    };
  }
}
