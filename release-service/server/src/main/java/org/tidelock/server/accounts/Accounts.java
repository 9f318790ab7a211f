package org.tidelock.server.accounts;

import java.time.InstantSource;
import java.util.List;
import org.tidelock.service.db.Database;
import org.tidelock.service.http.Authenticator;
import org.tidelock.service.http.RateLimits;
import org.tidelock.service.http.ServerIdentity;
import org.tidelock.service.work.CpuWork;

/** The account slice, put together: its use cases, for the table of routes. */
public record Accounts(
    StartRegistration startRegistration,
    VerifyRegistration verifyRegistration,
    Prelogin prelogin,
    StartLogin startLogin,
    StartLogin startRecovery,
    FinishLogin finishLogin,
    StartSession startSession,
    OpenSession openSession,
    RefreshSession refreshSession,
    Logout logout,
    MyDevices myDevices,
    ChangePassword changePassword,
    RenewKeys renewKeys,
    DeleteAccount deleteAccount,
    KeyServerTokens keyServerTokens,
    PublicKeys publicKeys,
    Handles handles,
    Authenticator authenticator) {

  /** The tables whose rows expire. */
  public static final List<String> EXPIRING_TABLES =
      List.of(
          "registrations",
          "login_challenges",
          "session_challenges",
          "tokens",
          "audience_tokens",
          "request_nonces");

  /** Puts the slice together. */
  public static Accounts of(
      Database database,
      CpuWork cpu,
      ServerIdentity server,
      AccountSecrets secrets,
      CodeSender sender,
      RateLimits limits,
      InstantSource clock) {
    AccountContext context = AccountContext.of(database, cpu, server, secrets, limits, clock);
    return new Accounts(
        new StartRegistration(context, sender),
        new VerifyRegistration(context),
        new Prelogin(context),
        new StartLogin(context, false),
        new StartLogin(context, true),
        new FinishLogin(context),
        new StartSession(context),
        new OpenSession(context),
        new RefreshSession(context),
        new Logout(context),
        new MyDevices(context),
        new ChangePassword(context),
        new RenewKeys(context),
        new DeleteAccount(context),
        new KeyServerTokens(context),
        new PublicKeys(context),
        new Handles(context),
        token ->
            database.inOneBriefStatement(
                transaction ->
                    context.tokens().principal(transaction, token.hash(), context.now())));
  }
}
