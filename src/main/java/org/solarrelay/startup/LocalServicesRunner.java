package org.solarrelay.startup;

import io.quarkus.runtime.ApplicationLifecycleManager;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts the local services, runs the application, then stops the services. */
public final class LocalServicesRunner {
  private final CountDownLatch applicationEnded = new CountDownLatch(1);
  private final AtomicInteger exitCode = new AtomicInteger();
  private volatile LocalServices.Running running;
  private volatile boolean stopping;

  /**
   * Starts the services and runs the application to its end. Stops the services after the
   * application has drained, also after a signal.
   *
   * @return the exit code of the application
   * @throws StartRefusedException if a service cannot start
   */
  public int run(LocalServices services, StartupSettings settings, Runnable application)
      throws StartRefusedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "local-services"));
    // otherwise Quarkus would exit within its run, before the services are stopped
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
   * Stops the services. On a signal Quarkus stops the application in its own hook, concurrently to
   * this one.
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
