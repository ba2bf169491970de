package org.solarrelay.dryrun;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Replaces each component that would reach another system: it records messages, sends nothing. */
final class CapturingComponent extends DefaultComponent {

  private final StubVendors vendors;

  CapturingComponent(StubVendors vendors) {
    this.vendors = vendors;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    parameters.clear();
    return new CapturingEndpoint(uri, remaining);
  }

  private final class CapturingEndpoint extends DefaultEndpoint {

    private final String remaining;

    CapturingEndpoint(String uri, String remaining) {
      super(uri, CapturingComponent.this);
      this.remaining = remaining;
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          String scheme = getEndpointUri().replaceFirst(":.*", "");
          vendors.addCall(OutgoingRequest.sent(scheme, remaining, exchange.getMessage()));
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException("a dry run enters routes by direct: only");
    }

    @Override
    public boolean isLenientProperties() {
      return true;
    }
  }
}
