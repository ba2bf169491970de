package org.solarrelay.delivery.http;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solarrelay.config.SecretMask;

/**
 * Masks the secrets of a request: the relay's own keys wherever they are, values whose names are
 * those of secrets, and parts of a URL that look like a token.
 */
final class RequestMasker {

  private static final String MASK = "***";

  private static final String NAMES =
      "api[-_]?key|(?:access|private|auth|signing|subscription)[-_]?key|token|secret|passw(?:or)?d"
          + "|passphrase|authorization|credential|signature";

  /** One of these is in each of {@link #NAMES}; a search for them is faster. */
  private static final String[] HINTS = {
    "key", "token", "secret", "passw", "passphrase", "authorization", "credential", "signature"
  };

  /** A name in JSON, also in JSON within a text of JSON, up to its value. */
  private static final Pattern JSON_NAME =
      Pattern.compile(
          "\"[^\"\\\\]{0,40}?(?:" + NAMES + ")[^\"\\\\]{0,20}(\\\\{0,7})\"\\s{0,20}:\\s{0,20}",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern XML_VALUE =
      Pattern.compile(
          "(<[\\w:.-]{0,40}?(?:" + NAMES + ")[\\w:.-]{0,20}(?:\\s[^<>]{0,200})?>)[^<]+",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NAMED =
      Pattern.compile(
          ".*(?:" + NAMES + ").*|key|auth|code|pass|pwd|sig|hash|sas|jwt",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern LOGIN = Pattern.compile("//[^/?#@]*@");
  private static final int SHORTEST_TOKEN = 20;
  private static final Pattern TOKEN = Pattern.compile("[\\w.~:=-]{20,}");
  private static final Pattern ENCODED = Pattern.compile("%(?:2B|2F|3D)", Pattern.CASE_INSENSITIVE);
  private static final Pattern MIXED = Pattern.compile("(?=.*\\d).*[A-Za-z].*");

  /** A UUID, 24 hex digits or a number, as ids of records are, or a time. */
  private static final Pattern ID =
      Pattern.compile(
          "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-f]{24}|[\\d-]+"
              + "|\\d{4}-\\d\\d-\\d\\dT.*");

  private final SecretMask secrets;

  RequestMasker(SecretMask secrets) {
    this.secrets = secrets;
  }

  /** The length of the longest key of the relay, in chars. */
  int maxSecretLength() {
    return secrets.maxLength();
  }

  /** Masks the relay's own keys in a text. */
  String text(String text) {
    return secrets.masked(text);
  }

  /** Masks a URL, which has no fragment. */
  String url(String url) {
    String masked = secrets.masked(url);
    if (masked.indexOf('@') >= 0) {
      masked = LOGIN.matcher(masked).replaceFirst("//");
    }
    int query = masked.indexOf('?');
    String base = query < 0 ? masked : masked.substring(0, query);
    String shown = mapped(base, '/', part -> looksSecret(part) ? MASK : part);
    return query < 0 ? shown : shown + "?" + form(masked.substring(query + 1));
  }

  /** Maps the parts of a text between separators. */
  private static String mapped(String text, char separator, UnaryOperator<String> part) {
    StringBuilder all = new StringBuilder(text.length());
    int from = 0;
    for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, from)) {
      all.append(part.apply(text.substring(from, end))).append(separator);
      from = end + 1;
    }
    return all.append(part.apply(text.substring(from))).toString();
  }

  /** Masks a body. */
  String body(RequestBody body) {
    String masked = secrets.masked(body.text());
    if (body.form()) {
      return form(masked);
    }
    if (!mayNameSecret(masked)) {
      return masked;
    }
    String json = namedInJson(masked);
    return json.indexOf('<') < 0 ? json : XML_VALUE.matcher(json).replaceAll("$1" + MASK);
  }

  private static String namedInJson(String text) {
    StringBuilder masked = new StringBuilder(text.length());
    Matcher name = JSON_NAME.matcher(text);
    int copied = 0;
    while (name.find(copied)) {
      int value = name.end();
      int end = endOfValue(text, value, name.group(1) + "\"");
      masked.append(text, copied, value);
      if (end > value) {
        String quote = name.group(1) + "\"";
        masked.append(quote).append(MASK).append(quote);
      }
      copied = end;
    }
    return masked.append(text, copied, text.length()).toString();
  }

  /**
   * Returns where a text, number or list of JSON ends; its beginning for an object, whose fields
   * have names of their own.
   *
   * @param quote as it stands around texts
   */
  private static int endOfValue(String text, int from, String quote) {
    if (text.startsWith(quote, from)) {
      return endOfText(text, from + quote.length(), quote);
    }
    boolean list = text.startsWith("[", from);
    int end = from;
    while (end < text.length() && (list ? "]" : ",}]{\"\\ \n\r").indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return list ? Math.min(end + 1, text.length()) : end;
  }

  /** A text within a text of JSON has more backslashes before its quotes. */
  private static int endOfText(String text, int from, String quote) {
    int own = quote.length() - 1;
    int end = text.indexOf('"', from);
    while (end >= 0 && backslashesBefore(text, end) % (2 * quote.length()) != own) {
      end = text.indexOf('"', end + 1);
    }
    return end < 0 ? text.length() : end + 1;
  }

  private static int backslashesBefore(String text, int at) {
    int before = at;
    while (text.charAt(before - 1) == '\\') {
      before--;
    }
    return at - before;
  }

  private static boolean mayNameSecret(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String hint : HINTS) {
      if (lower.contains(hint)) {
        return true;
      }
    }
    return false;
  }

  private static String form(String parameters) {
    return mapped(parameters, '&', RequestMasker::parameter);
  }

  private static String parameter(String parameter) {
    int equals = parameter.indexOf('=');
    if (equals < 0) {
      return looksSecret(parameter) ? MASK : parameter;
    }
    String name = parameter.substring(0, equals);
    return NAMED.matcher(name).matches() || looksSecret(parameter.substring(equals + 1))
        ? name + "=" + MASK
        : parameter;
  }

  /** Whether it looks like a token: long, with letters and digits, and not as an id. */
  private static boolean looksSecret(String text) {
    if (text.length() < SHORTEST_TOKEN) {
      return false;
    }
    String decoded = ENCODED.matcher(text).replaceAll("=");
    return TOKEN.matcher(decoded).matches()
        && MIXED.matcher(decoded).matches()
        && !ID.matcher(decoded).matches();
  }
}
