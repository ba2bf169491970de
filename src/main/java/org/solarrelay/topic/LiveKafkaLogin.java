package org.solarrelay.topic;

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
 * User and password of each new connection to Kafka (SCRAM, PLAIN), as {@code
 * kafka.sasl.jaas.config} has them at that moment. Kafka's own handler knows those the client was
 * made with.
 */
public final class LiveKafkaLogin implements AuthenticateCallbackHandler {

  @Override
  public void configure(
      Map<String, ?> settings, String mechanism, List<AppConfigurationEntry> logins) {
    // what they say is asked for anew each time
  }

  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    Map<String, ?> login = login();
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback name) {
        name.setName((String) login.get("username"));
      } else if (callback instanceof PasswordCallback password) {
        password.setPassword(((String) login.get("password")).toCharArray());
      } else {
        throw new UnsupportedCallbackException(callback);
      }
    }
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
