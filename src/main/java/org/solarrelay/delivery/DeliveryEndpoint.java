package org.solarrelay.delivery;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Deliver events to a destination: in order per record, retried, with a recorded outcome. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "delivery",
    title = "Delivery",
    syntax = "delivery:destination",
    category = {Category.MESSAGING})
public class DeliveryEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

  @UriPath(description = "The destination's name in the configuration")
  @Metadata(required = true)
  private final String destination;

  @UriParam(
      label = "consumer",
      description =
          "The maximum number of concurrent calls of this pod. 0 stands for"
              + " relay.delivery.in-flight.",
      defaultValue = "0")
  private int inFlight;

  DeliveryEndpoint(String uri, DeliveryComponent component, String destination) {
    super(uri, component);
    this.destination = destination;
  }

  @Override
  public DeliveryComponent getComponent() {
    return (DeliveryComponent) super.getComponent();
  }

  public String getDestination() {
    return destination;
  }

  public int getInFlight() {
    return inFlight;
  }

  public void setInFlight(int inFlight) {
    if (inFlight < 0) {
      throw new IllegalArgumentException("inFlight is %d; write 1 or more".formatted(inFlight));
    }
    this.inFlight = inFlight;
  }

  /** The {@code direct:} endpoint to which a worker sends deliveries. */
  static String entry(String destination) {
    return "direct:delivery:" + destination;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    DirectEndpoint entry = getCamelContext().getEndpoint(entry(destination), DirectEndpoint.class);
    Consumer consumer = new DeliveryConsumer(entry, processor, this, getComponent().workers());
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    return new DeliveryProducer(this);
  }

  /** True, because during a reload the old and the new version of a route both consume. */
  @Override
  public boolean isMultipleConsumersSupported() {
    return true;
  }
}
