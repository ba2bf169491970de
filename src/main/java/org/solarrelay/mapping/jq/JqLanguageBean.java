package org.solarrelay.mapping.jq;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Registers the language in every Camel context with the program's beans. */
@Singleton
public class JqLanguageBean {

  @Produces
  @Singleton
  @Named(JqRouteLanguage.BEAN)
  public JqRouteLanguage language() {
    return new JqRouteLanguage();
  }
}
