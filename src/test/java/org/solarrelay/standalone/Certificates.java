package org.solarrelay.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A test's certificate authority and its certificates, in one folder. */
public final class Certificates {

  public static final String PASSWORD = "of-no-importance";

  private static final Path KEYTOOL = Path.of(System.getProperty("java.home"), "bin", "keytool");

  private final Path folder;

  /** Creates the authority. */
  public Certificates(Path folder) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    keytool(generate("ca", "-ext", "bc:c"));
    Files.writeString(ca(), pem("CERTIFICATE", certificate("ca")));
  }

  /** The authority's certificate, PEM. */
  public Path ca() {
    return folder.resolve("ca.crt");
  }

  /**
   * Creates certificate and key of a server at 127.0.0.1, or of a client.
   *
   * @return a PKCS12 store; {@code <name>.crt} and {@code <name>.key}, PEM, are beside it
   */
  public Path signed(String name) throws IOException, InterruptedException {
    keytool(generate(name));
    Path request = folder.resolve(name + ".csr");
    Path certificate = folder.resolve(name + ".signed");
    keytool(on(name, "-certreq", "-file", request.toString()));
    keytool(
        on(
            "ca",
            "-gencert",
            "-rfc",
            "-infile",
            request.toString(),
            "-outfile",
            certificate.toString(),
            "-ext",
            "san=ip:127.0.0.1,dns:localhost"));
    keytool(
        List.of(
            "-importcert",
            "-noprompt",
            "-alias",
            "ca",
            "-file",
            ca().toString(),
            "-keystore",
            store(name).toString(),
            "-storepass",
            PASSWORD));
    keytool(on(name, "-importcert", "-file", certificate.toString()));
    Files.copy(certificate, folder.resolve(name + ".crt"));
    Files.writeString(folder.resolve(name + ".key"), pem("PRIVATE KEY", key(name)));
    return store(name);
  }

  /** A file of that name among these. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  private Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  private List<String> generate(String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    arguments.addAll(List.of("-dname", "CN=" + name, "-validity", "2", "-storetype", "PKCS12"));
    arguments.addAll(List.of(more));
    return on(name, "-genkeypair", arguments.toArray(new String[0]));
  }

  private List<String> on(String name, String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, "-alias", name));
    arguments.addAll(List.of("-keystore", store(name).toString(), "-storepass", PASSWORD));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private void keytool(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(KEYTOOL.toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", arguments) + ": " + said);
    }
  }

  private byte[] certificate(String name) throws IOException {
    try {
      return keyStore(name).getCertificate(name).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private byte[] key(String name) throws IOException {
    try {
      return keyStore(name).getKey(name, PASSWORD.toCharArray()).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private KeyStore keyStore(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store(name))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static String pem(String what, byte[] content) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what);
  }
}
