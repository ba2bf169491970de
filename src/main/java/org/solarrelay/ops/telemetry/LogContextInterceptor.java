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
 * Lets every step of a route log what it works on. A route goes on wherever a vendor's answer
 * arrives, so a thread's own context would be lost at the first call.
 */
public final class LogContextInterceptor implements InterceptStrategy {

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext camel, NamedNode node, Processor step, Processor next) {
    return mayLog(node) ? telling(step) : step;
  }

  /** The rest of a route's steps lead to these, or say nothing. */
  private static boolean mayLog(NamedNode node) {
    return node instanceof LogDefinition
        || node instanceof ProcessDefinition
        || node instanceof BeanDefinition
        || node instanceof ToDefinition to && to.getEndpointUri().startsWith("log:");
  }

  private static Processor telling(Processor step) {
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
