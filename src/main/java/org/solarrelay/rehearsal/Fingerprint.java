package org.solarrelay.rehearsal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Tells whether the files that rehearsals are made of are what they were. */
final class Fingerprint {

  private static final List<String> FOLDERS = List.of("", "kamelets", "samples/answers");

  private Fingerprint() {}

  /** Of names and content of the routes, kamelets and usual answers below a folder. */
  static String of(Path routes) throws IOException {
    MessageDigest digest = sha256();
    for (String folder : FOLDERS) {
      Path path = routes.resolve(folder);
      if (Files.isDirectory(path)) {
        for (Path file : RouteSet.list(path, ".yaml")) {
          byte[] content = Files.readAllBytes(file);
          digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
          digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).flip());
          digest.update(content);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
