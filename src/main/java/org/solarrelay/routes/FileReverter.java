package org.solarrelay.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.solarrelay.routes.history.FileRevert;
import org.solarrelay.routes.history.FileVersion;
import org.solarrelay.routes.history.FileVersionRepository;
import org.solarrelay.routes.lint.Problem;

/**
 * Reverts a route file to an earlier version. The version is written into the folder. If the folder
 * cannot be written, or holds links as a mounted ConfigMap does, all pods use the version instead
 * of the folder's file until the content of that file changes.
 */
final class FileReverter {

  private static final Logger LOG = Logger.getLogger(FileReverter.class);
  private static final Duration MAX_WAIT = Duration.ofSeconds(20);

  /** A revert that cannot be made; the message says why. */
  static final class RejectedRevertException extends Exception {

    private final boolean unknown;

    private RejectedRevertException(boolean unknown, String message) {
      super(message, null, false, false);
      this.unknown = unknown;
    }

    /** Whether there is no such file or version. */
    boolean isUnknown() {
      return unknown;
    }
  }

  /**
   * @param version the version that the file was reverted to
   * @param written whether the folder holds the version now
   * @param inForce whether the version came into force while the caller waited
   */
  record Result(FileVersion version, boolean written, boolean inForce) {}

  private final Path folder;
  private final FileVersionRepository versions;
  private final ActiveReverts reverts;
  private final Reload reload;
  private final ChangeValidator validator;

  FileReverter(
      Path folder,
      FileVersionRepository versions,
      ActiveReverts reverts,
      Reload reload,
      ChangeValidator validator) {
    this.folder = folder;
    this.versions = versions;
    this.reverts = reverts;
    this.reload = reload;
    this.validator = validator;
  }

  /**
   * Reverts a file. The previous version is the version in force if the latest save was rejected,
   * and the last version of a deleted file.
   *
   * @param path within the folder
   * @param number of another version; empty for the previous version
   * @param by the operator
   * @throws SQLException if PostgreSQL is unavailable; the folder may hold the version
   */
  Result revert(String path, Optional<Long> number, String by)
      throws SQLException, RejectedRevertException, InterruptedException {
    List<FileVersion> known = versions.versions(path);
    FileVersion version =
        number.isPresent()
            ? versionNumbered(path, known, number.get())
            : versionBefore(path, known);
    requireUsable(version);
    boolean written = write(path, version.text());
    reverts.add(
        versions.revert(
            new FileRevert(
                path, written, reverts.inFolder(path), version.text(), by, OffsetDateTime.now()),
            version.number()));
    LOG.infof("%s is reverted by %s to its version %d", path, by, version.number());
    return new Result(version, written, reload.await(path, version.text(), MAX_WAIT));
  }

  private FileVersion versionNumbered(String path, List<FileVersion> known, long number)
      throws RejectedRevertException {
    FileVersion version =
        known.stream()
            .filter(one -> one.number() == number)
            .findFirst()
            .orElseThrow(
                () ->
                    new RejectedRevertException(
                        true, "%s has no stored version %d".formatted(path, number)));
    if (current(path).filter(version.text()::equals).isPresent()) {
      throw new RejectedRevertException(
          false, "%s already has the text of its version %d".formatted(path, number));
    }
    return version;
  }

  private FileVersion versionBefore(String path, List<FileVersion> known)
      throws RejectedRevertException {
    Optional<String> current = current(path);
    return known.stream()
        .filter(version -> current.filter(version.text()::equals).isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                known.isEmpty() && current.isEmpty()
                    ? new RejectedRevertException(
                        true,
                        "There is no route file %s; GET /api/routes lists them".formatted(path))
                    : new RejectedRevertException(
                        false,
                        "No earlier version of %s is known; delete the file to remove it"
                            .formatted(path)));
  }

  /** The file's current text, even if it is rejected. */
  private Optional<String> current(String path) {
    return reverts.activeRevert(path).map(FileRevert::text).or(() -> reverts.inFolder(path));
  }

  private void requireUsable(FileVersion version) throws RejectedRevertException {
    Map<String, String> inForce = reload.inForce();
    Map<String, String> target = new TreeMap<>(inForce);
    target.put(version.path(), version.text());
    List<Problem> problems = validator.problems(inForce, target);
    if (!problems.isEmpty()) {
      throw new RejectedRevertException(
          false,
          "Version %d of %s does not fit the other files any more: %s"
              .formatted(version.number(), version.path(), problems.get(0)));
    }
  }

  /** Writes a complete file and renames it into place, so a full disk leaves no partial file. */
  private boolean write(String path, String text) {
    Path file = folder.resolve(path);
    if (isLinked(file)) {
      return false;
    }
    Path temporary = file.resolveSibling("." + file.getFileName() + ".revert");
    try {
      try {
        Files.writeString(temporary, text);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
      return true;
    } catch (IOException e) {
      LOG.debugf("%s cannot be written: %s", path, e.getMessage());
      return false;
    }
  }

  /**
   * Whether the file is reached by a link, as Kubernetes and git-sync make them: a file that
   * replaces the link would hide all later changes.
   */
  private boolean isLinked(Path file) {
    boolean linked = Files.isSymbolicLink(file.resolveSibling("..data"));
    for (Path at = file; at != null && at.startsWith(folder); at = at.getParent()) {
      linked |= Files.isSymbolicLink(at);
    }
    return linked;
  }
}
