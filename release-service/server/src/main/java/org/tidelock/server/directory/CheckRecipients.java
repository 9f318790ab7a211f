package org.tidelock.server.directory;

import org.tidelock.protocol.wire.Directory;
import org.tidelock.server.accounts.Handles;
import org.tidelock.service.http.Call;
import org.tidelock.service.http.Limit;
import org.tidelock.service.http.RateLimits;
import org.tidelock.service.http.Reply;

/**
 * Answers which contacts have an account, to who has one. Each contact counts against a limit under
 * which one account would try all numbers of a country for centuries.
 */
public final class CheckRecipients {

  private final Handles handles;
  private final RateLimits limits;

  /** Answers from {@code handles}, as often as {@code limits} allow each account. */
  public CheckRecipients(Handles handles, RateLimits limits) {
    this.handles = handles;
    this.limits = limits;
  }

  /** {@code POST /v1/recipients}. */
  public Reply serve(Call call, Directory.Recipients request) {
    limits.count(
        Limit.RECIPIENT, call.principal().accountId().toString(), request.contacts().size());
    return new Reply.Ok(new Directory.Registered(handles.areRegistered(request.contacts())));
  }
}
