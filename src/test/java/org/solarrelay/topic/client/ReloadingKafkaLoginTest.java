package org.solarrelay.topic.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReloadingKafkaLoginTest {

  private static final String KEY = "kafka.sasl.jaas.config";

  private final ReloadingKafkaLogin login = new ReloadingKafkaLogin();
  private final NameCallback name = new NameCallback("name");
  private final PasswordCallback password = new PasswordCallback("password", false);

  @AfterEach
  void forget() {
    System.clearProperty(KEY);
  }

  @Test
  void eachConnectionIsMadeWithTheLoginOfThatMoment() throws Exception {
    System.setProperty(KEY, scram("username=\"relay\" password=\"before\""));
    login.handle(new Callback[] {name, password});
    assertThat(name.getName()).isEqualTo("relay");
    assertThat(password.getPassword()).isEqualTo("before".toCharArray());

    System.setProperty(KEY, scram("username=\"relay\" password=\"after\""));
    login.handle(new Callback[] {name, password});
    assertThat(password.getPassword()).isEqualTo("after".toCharArray());
  }

  @Test
  void aLoginWithoutAPasswordIsNamed() {
    System.setProperty(KEY, scram("username=\"relay\""));
    assertThatThrownBy(() -> login.handle(new Callback[] {name, password}))
        .isInstanceOf(IOException.class)
        .hasMessage("KAFKA_SASL_JAAS_CONFIG lacks password");
  }

  private static String scram(String options) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required " + options + ";";
  }
}
