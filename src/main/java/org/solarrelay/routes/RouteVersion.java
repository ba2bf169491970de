package org.solarrelay.routes;

import java.util.Set;

/**
 * A route or kamelet as it was loaded.
 *
 * @param file where it stands
 * @param content its text, and the values it was loaded with
 * @param id what it is called in Camel
 * @param kamelets the names of the kamelets it calls
 */
record RouteVersion(String file, String content, String id, Set<String> kamelets) {}
