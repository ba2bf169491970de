package org.solarrelay.delivery.http;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Consumer;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.service.ServiceHelper;

/** Camel's HTTP endpoint, called on threads of its own. */
final class RouteHttpEndpoint extends DefaultEndpoint implements DelegateEndpoint {

  private final HttpEndpoint client;
  private final RouteHttpComponent component;
  private Executor threads;

  RouteHttpEndpoint(HttpEndpoint client, RouteHttpComponent component) {
    super(client.getEndpointUri(), component);
    this.client = client;
    this.component = component;
  }

  @Override
  public HttpEndpoint getEndpoint() {
    return client;
  }

  @Override
  public RouteHttpComponent getComponent() {
    return component;
  }

  Executor threads() {
    return threads;
  }

  @Override
  public Producer createProducer() throws Exception {
    return new RouteHttpProducer(this, client.createProducer());
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("No route begins at an HTTP client");
  }

  /** The client has taken the options; what is left is the query of the URL. */
  @Override
  public void configureProperties(Map<String, Object> options) {}

  @Override
  public boolean isLenientProperties() {
    return true;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    threads = component.newThreads(this);
    ServiceHelper.startService(client);
  }

  @Override
  protected void doStop() throws Exception {
    ServiceHelper.stopService(client);
    if (threads instanceof ExecutorService pool) {
      getCamelContext().getExecutorServiceManager().shutdown(pool);
    }
    super.doStop();
  }
}
