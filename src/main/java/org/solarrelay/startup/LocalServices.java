package org.solarrelay.startup;

import java.util.Map;

/**
 * Starts local services in place of systems that are not configured. Loaded by {@link
 * java.util.ServiceLoader}; a production build has no implementation.
 */
public interface LocalServices {

  /**
   * Starts a local service for each system that {@code settings} do not configure.
   *
   * @throws StartRefusedException if a service cannot start; none is left running then
   */
  Running start(StartupSettings settings) throws StartRefusedException;

  /**
   * Starts the simulated vendors alone, for a relay that runs elsewhere.
   *
   * @throws StartRefusedException if a service cannot start; none is left running then
   */
  Running startVendors(StartupSettings settings) throws StartRefusedException;

  /** The started services. */
  interface Running extends AutoCloseable {

    /** Properties with which the application uses the services. */
    Map<String, String> properties();

    /** Stops all services, each before those on which it depends. */
    @Override
    void close();
  }
}
