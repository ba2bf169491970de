package org.solarrelay.routes;

import java.util.Set;

/**
 * A loaded version of a route or kamelet.
 *
 * @param file the path within the folder
 * @param content the text, with a digest of the values it was loaded with
 * @param id the Camel id
 * @param kamelets the names of the kamelets that it calls
 */
record RouteVersion(String file, String content, String id, Set<String> kamelets) {}
