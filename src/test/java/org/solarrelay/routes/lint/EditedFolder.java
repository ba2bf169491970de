package org.solarrelay.routes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The default files with an edit, and the problems that lint finds. */
final class EditedFolder {

  private static final Lint LINT = new Lint();

  private final Map<String, String> files;

  private EditedFolder(Map<String, String> files) {
    this.files = files;
  }

  static EditedFolder unedited() {
    try {
      return new EditedFolder(FolderFiles.read(Path.of("routes")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the first occurrence of {@code before} in a file replaced. */
  static EditedFolder with(String file, String before, String after) {
    return unedited().and(file, before, after);
  }

  static EditedFolder with(String file, String text) {
    EditedFolder folder = unedited();
    folder.files.put(file, text);
    return folder;
  }

  /** With a route of its own, {@code consume-permits.camel.yaml}, whose steps begin in line 7. */
  static EditedFolder withSteps(String steps) {
    return with(
        "consume-permits.camel.yaml",
        """
        - route:
            id: consume-permits
            description: Permits of the city
            from:
              uri: topic:solar.permits
              steps:
        """
            + steps.indent(8));
  }

  EditedFolder and(String file, String text) {
    files.put(file, text);
    return this;
  }

  EditedFolder and(String file, String before, String after) {
    String text = files.get(file);
    assertThat(text).contains(before);
    int at = text.indexOf(before);
    files.put(file, text.substring(0, at) + after + text.substring(at + before.length()));
    return this;
  }

  EditedFolder each(UnaryOperator<String> edit) {
    files.replaceAll((file, text) -> edit.apply(text));
    return this;
  }

  EditedFolder without(String file) {
    assertThat(files.remove(file)).isNotNull();
    return this;
  }

  /** The problems as {@code ./relay lint} prints them. */
  List<String> problems() {
    return problems(LINT);
  }

  List<String> problems(Lint lint) {
    return lint.check(files).stream().map(Problem::toString).toList();
  }

  List<Problem> found() {
    return LINT.check(files);
  }

  /** The problems with line and column: {@code file:line:column: problem. fix}. */
  List<String> places() {
    return LINT.check(files).stream()
        .map(it -> it.toString().replaceFirst(":(\\d+):", ":$1:" + it.column() + ":"))
        .toList();
  }
}
