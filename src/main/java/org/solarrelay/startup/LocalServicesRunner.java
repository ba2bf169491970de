package org.solarrelay.startup;

import io.quarkus.runtime.ApplicationLifecycleManager;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs the application with its local services around it: up before it, down after it. */
public final class LocalServicesRunner {
  private final CountDownLatch applicationEnded = new CountDownLatch(1);
  private final AtomicInteger exitCode = new AtomicInteger();
  private volatile LocalServices.Running running;
  private volatile boolean stopping;

  /**
   * Starts the services, then runs the application to its end. Whatever ends it, a signal included,
   * the services are stopped once it has drained.
   *
   * @return the exit code of the application
   * @throws StartRefusedException when the services cannot be started
   */
  public int run(LocalServices services, StartupSettings settings, Runnable application)
      throws StartRefusedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "companions"));
    // Quarkus would exit from within its run; the services must be let go first
    ApplicationLifecycleManager.setDefaultExitCodeHandler((code, cause) -> exitCode.set(code));
    try {
      running = services.start(settings);
      running.properties().forEach(System::setProperty);
      if (!stopping) {
        application.run();
      }
    } catch (StartRefusedException e) {
      if (!stopping) {
        throw e;
      }
    } finally {
      applicationEnded.countDown();
    }
    return exitCode.get();
  }

  /**
   * On a signal Quarkus ends the application in a hook of its own, at the same time as this one.
   */
  private void stop() {
    stopping = true;
    try {
      applicationEnded.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (running != null) {
      running.close();
    }
  }
}
