package org.solarrelay.standalone;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;

/** Describes failures of a start, for the operator. */
final class StartFailures {

  private StartFailures() {}

  static String describe(Throwable failure) {
    if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
      return "%s is a file where a folder is needed: remove it, or set RELAY_DATA_DIR to a folder"
          .formatted(((FileSystemException) failure).getFile());
    }
    if (failure instanceof AccessDeniedException denied) {
      return "%s cannot be written by this user: change its owner, or set RELAY_DATA_DIR to a folder of yours"
          .formatted(denied.getFile());
    }
    String message = failure.getMessage();
    if (message != null && message.contains("No space left on device")) {
      return "the disk is full (%s): free some space, or set RELAY_DATA_DIR to a folder elsewhere"
          .formatted(message);
    }
    return failure instanceof IOException && message != null ? message : failure.toString();
  }
}
