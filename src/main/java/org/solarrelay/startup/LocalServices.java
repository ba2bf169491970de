package org.solarrelay.startup;

import java.util.Map;

/**
 * What can stand in for the systems around the relay that nothing is configured for. Found through
 * {@link java.util.ServiceLoader}; a production build has none.
 */
public interface LocalServices {

  /**
   * Starts a stand-in for everything that {@code settings} leave open.
   *
   * @throws StartRefusedException when that is impossible here; nothing is left running then
   */
  Running start(StartupSettings settings) throws StartRefusedException;

  /**
   * Starts the simulated vendors alone, for a relay that runs elsewhere.
   *
   * @throws StartRefusedException when that is impossible here; nothing is left running then
   */
  Running startVendors(StartupSettings settings) throws StartRefusedException;

  /** What was started. */
  interface Running extends AutoCloseable {

    /** The configuration by which the application finds it: names and values of properties. */
    Map<String, String> properties();

    /** Stops all of it, in the order in which nothing misses what it depends on. */
    @Override
    void close();
  }
}
