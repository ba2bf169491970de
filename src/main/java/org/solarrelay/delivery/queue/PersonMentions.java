package org.solarrelay.delivery.queue;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.solarrelay.database.SqlParameters;

/**
 * Finds a person's e-mail addresses and phone numbers in stored bytes, in any spelling of the phone
 * number.
 *
 * @param emails in lower case
 * @param phones national digits
 */
public record PersonMentions(Collection<String> emails, Collection<String> phones) {

  /** A condition on {@code t.text}, the lower-case ASCII text that PostgreSQL makes of bytes. */
  static final String CONDITION =
      """
      (exists (select from unnest(:emails::text[]) as email where strpos(t.text, email) > 0)
              or exists (select from unnest(:phones::text[]) as phone where t.text ~ phone))\
      """;

  private static final String BETWEEN_DIGITS = "[ ()./+-]{0,3}";

  /** Whether there is nothing to find. */
  public boolean isEmpty() {
    return emails.isEmpty() && phones.isEmpty();
  }

  SqlParameters bind(SqlParameters parameters) throws SQLException {
    List<String> patterns =
        phones.stream()
            .map(
                digits ->
                    digits
                        .chars()
                        .mapToObj(digit -> String.valueOf((char) digit))
                        .collect(Collectors.joining(BETWEEN_DIGITS, "", "(?![0-9])")))
            .toList();
    return parameters
        .texts("emails", emails.stream().map(PersonMentions::escaped).toList())
        .texts("phones", patterns);
  }

  /** As PostgreSQL's {@code encode(bytes, 'escape')} writes it. */
  private static String escaped(String email) {
    StringBuilder text = new StringBuilder();
    for (byte one : email.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)) {
      text.append(
          one < 0
              ? "\\%03o".formatted(one & 0xff)
              : one == '\\' ? "\\\\" : String.valueOf((char) one));
    }
    return text.toString();
  }
}
