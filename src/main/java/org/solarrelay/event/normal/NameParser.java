package org.solarrelay.event.normal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Splits the whole name of a person: {@code Jon Sample}, {@code Sample, Jon}, {@code Dr. Jon van
 * Dyke Jr.}. Case stays as written.
 */
public final class NameParser {

  private static final Set<String> TITLES =
      Set.of(
          "mr",
          "mrs",
          "ms",
          "miss",
          "mx",
          "dr",
          "prof",
          "professor",
          "sir",
          "madam",
          "rev",
          "reverend",
          "hon",
          "herr",
          "frau",
          "senor",
          "senora",
          "mister");
  private static final Set<String> BETWEEN_TITLES = Set.of("", "and");
  private static final Set<String> GENERATIONS =
      Set.of("jr", "sr", "jnr", "snr", "ii", "iii", "iv", "2nd", "3rd", "4th");
  private static final Set<String> DEGREES =
      Set.of("phd", "dds", "dvm", "esq", "cpa", "mba", "md", "jd", "rn", "dmd", "edd");
  private static final Set<String> COMPANIES =
      Set.of(
          "inc",
          "llc",
          "ltd",
          "co",
          "corp",
          "corporation",
          "company",
          "pty",
          "plc",
          "lp",
          "llp",
          "gmbh",
          "trust",
          "group",
          "limited",
          "incorporated");
  private static final Set<String> PARTICLES =
      Set.of(
          "van", "von", "der", "den", "de", "del", "della", "da", "dos", "das", "di", "du", "la",
          "le", "los", "las", "bin", "ibn", "ter", "ten", "zu", "st", "dela", "vander");

  /** Particles in lower case only: {@code Al} is a given name, and {@code Y} an initial. */
  private static final Set<String> PARTICLES_IN_LOWER_CASE = Set.of("el", "al", "y");

  private static final Pattern IN_BRACKETS = Pattern.compile(" ?[(\\[][^()\\[\\]]{0,100}[)\\]]");
  private static final String DASH = " - ";
  private static final int MAX_LENGTH = 300;

  private NameParser() {}

  /**
   * The name as {@code Given Surname}, in one line; titles and degrees stay.
   *
   * @return empty where the text holds no letter
   */
  public static Optional<String> normalize(String text) {
    return line(text)
        .map(line -> surnameFirst(line).map(NameParser::whole).orElseGet(() -> joined(line)));
  }

  /**
   * The two parts of a name with the surname first, {@code Sample, Jon}; empty for any other name.
   */
  static Optional<PersonName> parseSurnameFirst(String text) {
    return line(text).flatMap(NameParser::surnameFirst);
  }

  /**
   * The two parts, without titles and degrees. The last word is the surname, with {@code van},
   * {@code de la} and the like before it and {@code Jr.} or {@code III} after it. A single word is
   * a given name.
   */
  public static PersonName parse(String text) {
    String line = line(text).orElse("");
    if (line.length() > MAX_LENGTH) {
      int last = line.lastIndexOf(' ');
      return last < 0
          ? PersonName.ofGivenName(line)
          : new PersonName(line.substring(0, last), line.substring(last + 1));
    }
    String unquoted = withoutQuotes(line);
    if (!unquoted.equals(line)) {
      return parse(unquoted);
    }
    return surnameFirst(line).orElseGet(() -> inOrder(words(withoutRemark(joined(line)))));
  }

  /**
   * The two parts, from fields of their own; a missing part is taken from the full name.
   *
   * @param first may be null, like the others
   */
  public static PersonName complete(String first, String last, String whole) {
    if (whole == null || first != null && last != null) {
      return new PersonName(first, last);
    }
    PersonName parsed = parse(whole);
    return new PersonName(
        first == null ? parsed.first() : first, last == null ? parsed.last() : last);
  }

  /** The words by which two spellings of a name are compared. */
  public static Set<String> keyWords(String name) {
    String cut = name.substring(0, Math.min(MAX_LENGTH, name.length()));
    List<String> words = new ArrayList<>(words(normalize(cut).orElse("")));
    withoutEnd(words, 2);
    withoutTitles(words, 2);
    return words.stream()
        .map(WordKey::of)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }

  private static PersonName inOrder(List<String> written) {
    List<String> words = new ArrayList<>(written);
    List<String> generation = withoutEnd(words, 2);
    withoutTitles(words, 2);
    int surname = words.size() - 1;
    while (surname > 1 && isParticle(words.get(surname - 1))) {
      surname--;
    }
    if (surname <= 0) {
      return PersonName.ofGivenName(words.isEmpty() ? null : words.get(0));
    }
    Stream<String> last =
        Stream.concat(words.subList(surname, words.size()).stream(), generation.stream());
    return new PersonName(
        String.join(" ", words.subList(0, surname)), last.collect(Collectors.joining(" ")));
  }

  private static boolean isParticle(String word) {
    return PARTICLES.contains(WordKey.of(word)) || PARTICLES_IN_LOWER_CASE.contains(word);
  }

  private static Optional<String> line(String text) {
    String decoded = HtmlEntities.decodeComposed(text);
    Optional<String> line = TextNormalizer.normalize(decoded);
    boolean oneWord = line.isPresent() && line.get().indexOf(' ') < 0;
    return (oneWord ? TextNormalizer.normalize(TextNormalizer.withWordBreaks(decoded)) : line)
        .filter(name -> name.codePoints().anyMatch(NameParser::isOfName));
  }

  private static boolean isOfName(int c) {
    return Character.isLetterOrDigit(c) || c > 0xFF;
  }

  /** The parts of {@code Sample, Jon, Jr.}; empty for the name of a company or a couple. */
  private static Optional<PersonName> surnameFirst(String line) {
    List<String> parts = parts(withoutBrackets(line));
    if (parts.size() == 3 && GENERATIONS.contains(WordKey.of(parts.get(1)))) {
      parts = List.of(parts.get(0), parts.get(2), parts.get(1));
    }
    int end = withoutAfter(parts);
    if (end != 2 || !isSurnameFirst(parts.get(0), parts.get(1))) {
      return Optional.empty();
    }
    List<String> given = new ArrayList<>(words(parts.get(1)));
    List<String> generation = withoutEnd(given, 1);
    withoutTitles(given, 1);
    List<String> surname = new ArrayList<>(words(parts.get(0)));
    withoutTitles(surname, 1);
    surname.addAll(generation);
    parts.subList(end, parts.size()).stream()
        .filter(part -> GENERATIONS.contains(WordKey.of(part)))
        .forEach(surname::add);
    return Optional.of(new PersonName(String.join(" ", given), String.join(" ", surname)));
  }

  /** Removes the comma in {@code Jon Sample, Jr.}; any other comma stays. */
  private static String joined(String line) {
    List<String> parts = parts(line);
    return withoutAfter(parts) == 1 ? String.join(" ", parts) : line;
  }

  private static String whole(PersonName name) {
    return name.first() + " " + name.last();
  }

  /** The name without a remark after a comma or dash; the name of a company keeps that text. */
  private static String withoutRemark(String written) {
    String line = withoutBrackets(written);
    boolean company = words(line).stream().map(WordKey::of).anyMatch(COMPANIES::contains);
    if (company) {
      return line.replace(",", "");
    }
    String beforeComma = before(line, ",");
    String name = beforeComma.indexOf(' ') < 0 ? line.replace(",", "") : beforeComma;
    return before(name, DASH).indexOf(' ') < 0 ? name : before(name, DASH);
  }

  private static String withoutQuotes(String line) {
    int end = line.length() - 1;
    boolean quoted =
        end > 1 && "\"'".indexOf(line.charAt(0)) >= 0 && line.charAt(0) == line.charAt(end);
    return quoted ? line.substring(1, end).strip() : line;
  }

  /** Removes a remark: {@code Jon Sample} for {@code Jon Sample (homeowner)}. */
  private static String withoutBrackets(String line) {
    String rest = IN_BRACKETS.matcher(line).replaceAll("").strip();
    return rest.isEmpty() ? line : rest;
  }

  private static String before(String line, String end) {
    int at = line.indexOf(end);
    return at < 0 ? line : line.substring(0, at);
  }

  private static List<String> parts(String line) {
    return line.indexOf(',') < 0 || line.length() > MAX_LENGTH
        ? List.of(line)
        : Arrays.stream(line.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList();
  }

  /** The number of parts before degrees and generations. */
  private static int withoutAfter(List<String> parts) {
    int end = parts.size();
    while (end > 1 && words(parts.get(end - 1)).stream().allMatch(NameParser::isAfterSurname)) {
      end--;
    }
    return end;
  }

  private static boolean isSurnameFirst(String before, String after) {
    List<String> surname = words(before);
    List<String> given = words(after);
    boolean oneSide = surname.size() == 1 || given.size() == 1 || isParticle(surname.get(0));
    boolean couple =
        surname.size() == 1
            && BETWEEN_TITLES.stream().noneMatch(WordKey.of(given.get(0))::equals)
            && BETWEEN_TITLES.stream().noneMatch(WordKey.of(given.get(given.size() - 1))::equals);
    boolean person =
        Stream.concat(surname.stream(), given.stream())
            .map(WordKey::of)
            .noneMatch(
                word -> COMPANIES.contains(word) || !couple && BETWEEN_TITLES.contains(word));
    boolean remark = isLowerCase(after) && !isLowerCase(before);
    return oneSide && person && !remark && surname.size() <= 4 && given.size() <= 4;
  }

  private static boolean isLowerCase(String text) {
    return text.equals(text.toLowerCase(Locale.ROOT))
        && !text.equals(text.toUpperCase(Locale.ROOT));
  }

  /** Takes degrees, generations and emoji from the end; returns the generations. */
  private static List<String> withoutEnd(List<String> words, int least) {
    List<String> generation = new ArrayList<>();
    int end = words.size();
    while (end > least && isAfterSurname(words.get(end - 1))) {
      end--;
      if (GENERATIONS.contains(WordKey.of(words.get(end)))) {
        generation.add(0, words.get(end));
      }
    }
    words.subList(end, words.size()).clear();
    return generation;
  }

  private static boolean isAfterSurname(String word) {
    String key = WordKey.of(word);
    // "Md" is a given name, "MD" and "M.D." are a degree
    boolean degree =
        DEGREES.contains(key) && (key.length() > 2 || word.equals(word.toUpperCase(Locale.ROOT)));
    return degree || key.isEmpty() || GENERATIONS.contains(key);
  }

  private static void withoutTitles(List<String> words, int least) {
    int start = 0;
    while (words.size() - start > least && isTitle(words.get(start), words.get(start + 1))) {
      start++;
    }
    words.subList(0, start).clear();
  }

  private static boolean isTitle(String word, String next) {
    String key = WordKey.of(word);
    return TITLES.contains(key)
        || BETWEEN_TITLES.contains(key) && TITLES.contains(WordKey.of(next));
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
