package org.solarrelay.identity;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Recognises the data of one person in ids and subjects. A vendor's number or UUID is no personal
 * data. A text with an e-mail address, or with the person's phone number, name or street, is.
 */
public final class PersonalText {

  private static final Pattern EMAIL = Pattern.compile("\\S@\\S");
  private static final Pattern NO_DIGIT = Pattern.compile("\\D");
  private static final int SHORTEST_NAME = 3;

  private final Set<String> phones = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> streets = new HashSet<>();

  /**
   * @param keys the person's phone numbers, names and addresses, as {@code record_trait} has them
   */
  public PersonalText(Collection<SearchKey> keys) {
    for (SearchKey key : keys) {
      switch (key.trait()) {
        case "phone" -> phones.add(key.value());
        case "name" -> SearchKey.words(key.value()).forEach(names::add);
        case "address" -> streets.add(padded(List.of(key.value().split("\\|")[0].split(" "))));
        default -> {
          // every e-mail address is personal data
        }
      }
    }
    names.removeIf(word -> word.length() < SHORTEST_NAME);
  }

  /** Whether the text holds personal data; false for null. */
  public boolean isIn(String text) {
    if (text == null || IdType.isUuid(text)) {
      return false;
    }
    String digits = NO_DIGIT.matcher(text).replaceAll("");
    String words = padded(AddressKey.words(text));
    return EMAIL.matcher(text).find()
        || phones.stream().anyMatch(digits::contains)
        || SearchKey.words(text).anyMatch(names::contains)
        || streets.stream().anyMatch(words::contains);
  }

  /** Words between blanks, so that a word equals whole words only. */
  private static String padded(List<String> words) {
    return words.stream().collect(Collectors.joining(" ", " ", " "));
  }
}
