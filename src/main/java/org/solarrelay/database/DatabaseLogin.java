package org.solarrelay.database;

import io.quarkus.arc.Unremovable;
import io.quarkus.credentials.CredentialsProvider;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/**
 * Provides the current user and password for each new connection to PostgreSQL. Open connections
 * keep the former login. The bean is named in application.properties.
 */
@Singleton
@Named("database-login")
@Unremovable
class DatabaseLogin implements CredentialsProvider {

  private final Config config;

  DatabaseLogin(Config config) {
    this.config = config;
  }

  @Override
  public Map<String, String> getCredentials(String name) {
    Map<String, String> login = new HashMap<>();
    put(login, USER_PROPERTY_NAME, "quarkus.datasource.username");
    put(login, PASSWORD_PROPERTY_NAME, "quarkus.datasource.password");
    return login;
  }

  private void put(Map<String, String> login, String name, String key) {
    config.getOptionalValue(key, String.class).ifPresent(value -> login.put(name, value));
  }
}
