package org.solarrelay.topic.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class TopicsTest {

  @Test
  void aTopicThatTheBrokerRefusesKeepsNoOtherTopicWaiting() {
    assertThat(Topics.isRefusal(new TopicAuthorizationException("solar.permits"))).isTrue();
    assertThat(Topics.isRefusal(new InvalidTopicException("collides with solar.permits"))).isTrue();
    assertThat(Topics.isRefusal(new PolicyViolationException("too many partitions"))).isTrue();
  }

  @Test
  void whatPassesWithTimeIsTriedAgain() {
    assertThat(Topics.isRefusal(new TimeoutException("no broker"))).isFalse();
    assertThat(Topics.isRefusal(new InvalidReplicationFactorException("1 of 3 brokers"))).isFalse();
  }
}
