package org.solarrelay.topic.client;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness check: Kafka is reachable and has {@code solar.inbox}. Otherwise intake cannot accept
 * webhooks.
 */
@Readiness
@Singleton
class KafkaReadiness implements HealthCheck {

  private static final long TIMEOUT_SECONDS = 3;

  private final KafkaClients clients;
  private Admin admin;

  KafkaReadiness(KafkaClients clients) {
    this.clients = clients;
  }

  @Override
  public synchronized HealthCheckResponse call() {
    try {
      if (admin == null) {
        admin = clients.admin();
      }
      admin
          .describeTopics(List.of(Topics.INBOX))
          .allTopicNames()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return HealthCheckResponse.up("kafka");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return HealthCheckResponse.down("kafka");
    } catch (Exception e) {
      return HealthCheckResponse.down("kafka");
    }
  }

  @PreDestroy
  void close() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
    }
  }
}
