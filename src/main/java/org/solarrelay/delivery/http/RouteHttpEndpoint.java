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

/** Wraps Camel's HTTP endpoint and owns the threads that call it. */
final class RouteHttpEndpoint extends DefaultEndpoint implements DelegateEndpoint {

  private final HttpEndpoint client;
  private final RouteHttpComponent component;
  private Executor executor;

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

  Executor executor() {
    return executor;
  }

  @Override
  public Producer createProducer() throws Exception {
    return new RouteHttpProducer(this, client.createProducer());
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("A route cannot begin at http: or https:");
  }

  /** Ignores the options: the wrapped endpoint has its own, and the others are the URL's query. */
  @Override
  public void configureProperties(Map<String, Object> options) {}

  @Override
  public boolean isLenientProperties() {
    return true;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    executor = component.newExecutor(this);
    ServiceHelper.startService(client);
  }

  @Override
  protected void doStop() throws Exception {
    ServiceHelper.stopService(client);
    if (executor instanceof ExecutorService pool) {
      getCamelContext().getExecutorServiceManager().shutdown(pool);
    }
    super.doStop();
  }
}
