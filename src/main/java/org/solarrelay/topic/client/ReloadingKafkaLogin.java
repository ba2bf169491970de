package org.solarrelay.topic.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Supplies user and password of each new connection to Kafka (SCRAM, PLAIN) from the current {@code
 * kafka.sasl.jaas.config}. Kafka's own handler keeps the values from the client's creation.
 */
public final class ReloadingKafkaLogin implements AuthenticateCallbackHandler {

  @Override
  public void configure(
      Map<String, ?> settings, String mechanism, List<AppConfigurationEntry> logins) {
    // handle() reads the settings each time
  }

  @Override
  public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
    Map<String, ?> login = login();
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback name) {
        name.setName(option(login, "username"));
      } else if (callback instanceof PasswordCallback password) {
        password.setPassword(option(login, "password").toCharArray());
      } else {
        throw new UnsupportedCallbackException(callback);
      }
    }
  }

  private static String option(Map<String, ?> login, String name) throws IOException {
    if (login.get(name) instanceof String value) {
      return value;
    }
    throw new IOException("KAFKA_SASL_JAAS_CONFIG lacks " + name);
  }

  private static Map<String, ?> login() {
    String text =
        ConfigProvider.getConfig().getValue("kafka." + SaslConfigs.SASL_JAAS_CONFIG, String.class);
    return JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(text)))
        .configurationEntries()
        .get(0)
        .getOptions();
  }

  @Override
  public void close() {
    // nothing is open
  }
}
