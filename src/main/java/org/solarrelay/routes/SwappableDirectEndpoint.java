package org.solarrelay.routes;

import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Producer;
import org.apache.camel.component.direct.DirectEndpoint;

/** A {@code direct:} endpoint at which two versions of a route may begin; one is in force. */
final class SwappableDirectEndpoint extends DirectEndpoint implements MultipleConsumersSupport {

  private final SwappableDirect component;

  SwappableDirectEndpoint(String uri, SwappableDirect component) {
    super(uri, component);
    this.component = component;
  }

  @Override
  public Producer createProducer() {
    return new SwappableDirectProducer(this, component);
  }

  @Override
  public boolean isMultipleConsumersSupported() {
    return true;
  }
}
