package org.solarrelay.routes.lint;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The options of {@code http:} and {@code https:}. The program sets time-outs, redirects, cookies,
 * TLS and proxies for all calls, and an endpoint cannot change them. Any other name is a query
 * parameter of the URL.
 */
public final class HttpCallOptions {

  /** The options that an endpoint may set, sorted. */
  static final String OPEN =
      "authMethod, authPassword, authUsername, authenticationPreemptive, bridgeEndpoint,"
          + " contentTypeCharsetEnabled, deleteWithBody, getWithBody, httpMethod, lazyStartProducer,"
          + " multipartUpload, multipartUploadName, okStatusCodeRange, skipControlHeaders,"
          + " skipRequestHeaders, skipResponseHeaders, throwExceptionOnFailure";

  private static final Set<String> FIXED =
      Stream.of(
              "authBearerToken authDomain authHost chunked clearExpiredCookies clientBuilder",
              "clientConnectionManager connectTimeout connectionClose connectionRequestTimeout",
              "connectionsPerRoute cookieHandler cookieStore copyHeaders customHostHeader",
              "disableStreamCache followRedirects headerFilterStrategy httpActivityListener",
              "httpBinding httpClient httpClientConfigurer httpClientOptions httpConnection",
              "httpConnectionOptions httpContext httpMethodRestrict ignoreResponseBody",
              "logHttpActivity matchOnUriPrefix maxTotalConnections muteException nonProxyHosts",
              "oauth2BodyAuthentication oauth2CacheTokens oauth2CachedTokensDefaultExpirySeconds",
              "oauth2CachedTokensExpirationMarginSeconds oauth2ClientId oauth2ClientSecret",
              "oauth2ResourceIndicator oauth2Scope oauth2TokenEndpoint preserveHostHeader",
              "proxyAuthDomain proxyAuthHost proxyAuthMethod proxyAuthNtHost proxyAuthPassword",
              "proxyAuthPort proxyAuthScheme proxyAuthUsername proxyHost proxyPort responseTimeout",
              "soTimeout sslContextParameters transferException useSystemProperties userAgent",
              "x509HostnameVerifier")
          .flatMap(line -> Stream.of(line.split(" ")))
          .map(HttpCallOptions::plain)
          .collect(Collectors.toUnmodifiableSet());

  private HttpCallOptions() {}

  /** Whether the program sets the option for all calls, in any spelling that Camel accepts. */
  public static boolean isFixed(String option) {
    return FIXED.contains(plain(option.replaceFirst("\\..*", "")));
  }

  /** Whether an endpoint may set the option. */
  public static boolean isOpen(String option) {
    return Stream.of(OPEN.split(", ")).map(HttpCallOptions::plain).anyMatch(plain(option)::equals);
  }

  /** The option that a name resembles; empty if it resembles none. */
  static Optional<String> suggestion(String name) {
    return SpellingSuggestion.of(name, List.of(OPEN.split(", ")), 2);
  }

  private static String plain(String option) {
    return option.replace("-", "").toLowerCase(Locale.ROOT);
  }
}
