package org.solarrelay.mapping.jq;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Makes the language known to every Camel context that has the program's beans. */
@Singleton
public class JqLanguageBean {

  @Produces
  @Singleton
  @Named(JqRouteLanguage.BEAN)
  public JqRouteLanguage language() {
    return new JqRouteLanguage();
  }
}
