package org.solarrelay.ops.access;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** The person who sends this request; {@link ConsoleAccess} sets it for requests of the console. */
@RequestScoped
public class CurrentUser {

  private ConsoleUser user;

  /** Returns the person; empty outside the console. */
  public Optional<ConsoleUser> find() {
    return Optional.ofNullable(user);
  }

  /** Returns the person of a request that {@link ConsoleAccess} has admitted. */
  public ConsoleUser get() {
    return find().orElseThrow();
  }

  /**
   * Admits operators only.
   *
   * @throws ApiProblem 403 for a viewer
   */
  public void requireOperator() {
    if (find().filter(ConsoleUser::isOperator).isEmpty()) {
      throw IdentityProviderUsers.notOperator();
    }
  }

  void set(ConsoleUser user) {
    this.user = user;
  }
}
