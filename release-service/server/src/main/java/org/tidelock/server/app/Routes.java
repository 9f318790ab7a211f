package org.tidelock.server.app;

import static org.tidelock.service.http.Access.ANYONE;
import static org.tidelock.service.http.Access.ANY_KEY;
import static org.tidelock.service.http.Access.FULL;
import static org.tidelock.service.http.Access.FULL_SIGNED;
import static org.tidelock.service.http.Access.LOGGED_IN;
import static org.tidelock.service.http.Access.LOGGED_IN_SIGNED;
import static org.tidelock.service.http.Limit.CODE;
import static org.tidelock.service.http.Limit.CONTENT;
import static org.tidelock.service.http.Limit.GENERAL;
import static org.tidelock.service.http.Limit.INTROSPECTION;
import static org.tidelock.service.http.Limit.LOGIN;
import static org.tidelock.service.http.Limit.LOGIN_TO_NAME;
import static org.tidelock.service.http.Limit.LOOKUP;
import static org.tidelock.service.http.Limit.REGISTRATION;
import static org.tidelock.service.http.Route.delete;
import static org.tidelock.service.http.Route.get;
import static org.tidelock.service.http.Route.post;
import static org.tidelock.service.http.Route.put;

import java.util.List;
import org.tidelock.protocol.message.MessageEvent;
import org.tidelock.protocol.wire.AccountChange;
import org.tidelock.protocol.wire.Directory;
import org.tidelock.protocol.wire.KeyServing;
import org.tidelock.protocol.wire.Login;
import org.tidelock.protocol.wire.Mailbox;
import org.tidelock.protocol.wire.Messages;
import org.tidelock.protocol.wire.Presence;
import org.tidelock.protocol.wire.Registration;
import org.tidelock.protocol.wire.ServerInfo;
import org.tidelock.protocol.wire.Session;
import org.tidelock.server.accounts.Accounts;
import org.tidelock.server.directory.CheckRecipients;
import org.tidelock.server.directory.LookUp;
import org.tidelock.server.messages.ScheduledMessages;
import org.tidelock.server.presence.WhoIsOnline;
import org.tidelock.service.http.OpenSockets;
import org.tidelock.service.http.Reply;
import org.tidelock.service.http.Route;
import org.tidelock.service.http.SocketRoute;

/** Every route there is: what it needs, what it is counted against, and what stands behind it. */
final class Routes {

  private Routes() {}

  static List<Route<?>> open(
      Accounts accounts,
      LookUp lookUp,
      CheckRecipients recipients,
      WhoIsOnline presence,
      Messaging messaging,
      ServerInfo info) {
    ScheduledMessages messages = messaging.messages();
    return List.of(
        get("/v1/server", ANYONE, GENERAL, call -> new Reply.Ok(info)),
        post(
            "/v1/registrations",
            ANY_KEY,
            REGISTRATION,
            Registration.Request.class,
            accounts.startRegistration()::serve),
        post(
            "/v1/registrations/verify",
            ANY_KEY,
            CODE,
            Registration.Verification.class,
            accounts.verifyRegistration()::serve),
        post("/v1/prelogin", ANYONE, LOGIN, Login.Prelogin.class, accounts.prelogin()::serve)
            .alsoBy(LOGIN_TO_NAME, request -> request.name().value()),
        post("/v1/logins", ANY_KEY, LOGIN, Login.Start.class, accounts.startLogin()::serve)
            .alsoBy(LOGIN_TO_NAME, request -> request.name().value()),
        post(
            "/v1/logins/finish", ANY_KEY, LOGIN, Login.Finish.class, accounts.finishLogin()::serve),
        post("/v1/recoveries", ANY_KEY, LOGIN, Login.Start.class, accounts.startRecovery()::serve)
            .alsoBy(LOGIN_TO_NAME, request -> request.name().value()),
        post(
            "/v1/recoveries/finish",
            ANY_KEY,
            LOGIN,
            Login.Finish.class,
            accounts.finishLogin()::serve),
        post("/v1/session/challenge", LOGGED_IN_SIGNED, GENERAL, accounts.startSession()::serve),
        post(
            "/v1/session",
            LOGGED_IN_SIGNED,
            GENERAL,
            Session.Answer.class,
            accounts.openSession()::serve),
        post(
            "/v1/session/refresh",
            ANY_KEY,
            GENERAL,
            Session.Refresh.class,
            accounts.refreshSession()::serve),
        delete("/v1/session", LOGGED_IN_SIGNED, GENERAL, accounts.logout()::here),
        delete("/v1/sessions", FULL_SIGNED, GENERAL, accounts.logout()::everywhere),
        get("/v1/me", LOGGED_IN, GENERAL, accounts.myDevices()::whoAmI),
        post(
            "/v1/me/password",
            FULL_SIGNED,
            GENERAL,
            AccountChange.Password.class,
            accounts.changePassword()::serve),
        post(
            "/v1/me/keys",
            FULL_SIGNED,
            GENERAL,
            AccountChange.KeyRenewal.class,
            accounts.renewKeys()::serve),
        post(
            "/v1/me/deletion",
            FULL_SIGNED,
            GENERAL,
            AccountChange.Deletion.class,
            accounts.deleteAccount()::serve),
        get("/v1/devices", FULL, GENERAL, accounts.myDevices()::list),
        delete("/v1/devices/:device", FULL_SIGNED, GENERAL, accounts.myDevices()::remove),
        post(
            "/v1/key-server-tokens",
            LOGGED_IN_SIGNED,
            GENERAL,
            KeyServing.TokenRequest.class,
            accounts.keyServerTokens()::give),
        get("/v1/people/:name", FULL, GENERAL, lookUp::person).alsoByAccount(LOOKUP),
        get("/v1/people/:name/log", FULL, GENERAL, lookUp::log).alsoByAccount(LOOKUP),
        get("/v1/key-log/growth", FULL, GENERAL, lookUp::growth),
        post(
            "/v1/messages",
            FULL_SIGNED,
            GENERAL,
            Messages.Submission.class,
            messages.send()::serve),
        get("/v1/messages", FULL, GENERAL, messages.show()::list),
        get("/v1/messages/:message", FULL, GENERAL, messages.show()::message),
        delete("/v1/messages/:message", FULL_SIGNED, GENERAL, messages.delete()::serve),
        get("/v1/messages/:message/content/:part", FULL, CONTENT, messages.show()::content),
        post(
            "/v1/messages/:message/countersignature",
            FULL_SIGNED,
            GENERAL,
            Messages.Countersigned.class,
            messages.countersign()::serve),
        post(
            "/v1/messages/:message/events",
            FULL_SIGNED,
            GENERAL,
            MessageEvent.class,
            messages.decide()::serve),
        post("/v1/uploads", FULL_SIGNED, GENERAL, Messages.Upload.class, messages.upload()::begin),
        put(
            "/v1/uploads/:upload/parts/:part",
            FULL_SIGNED,
            CONTENT,
            Messages.Part.class,
            messages.upload()::put),
        post("/v1/uploads/:upload/completion", FULL_SIGNED, GENERAL, messages.upload()::complete),
        get("/v1/puzzles/:message", ANYONE, GENERAL, messages.show()::puzzle),
        get("/v1/mailbox", FULL, GENERAL, messaging.mailbox()::read),
        post(
            "/v1/mailbox/acknowledgements",
            FULL_SIGNED,
            GENERAL,
            Mailbox.Acknowledgement.class,
            messaging.mailbox()::acknowledge),
        get("/v1/blocked", FULL, GENERAL, messages.block()::list),
        put("/v1/blocked/:name", FULL_SIGNED, GENERAL, messages.block()::block)
            .alsoByAccount(LOOKUP),
        delete("/v1/blocked/:name", FULL_SIGNED, GENERAL, messages.block()::unblock)
            .alsoByAccount(LOOKUP),
        get("/v1/notices", FULL, GENERAL, messaging.releases().myNotices()::show),
        put(
            "/v1/notices",
            FULL_SIGNED,
            GENERAL,
            Mailbox.Notices.class,
            messaging.releases().myNotices()::set),
        post("/v1/recipients", FULL_SIGNED, GENERAL, Directory.Recipients.class, recipients::serve),
        get("/v1/presence", FULL, GENERAL, presence.myVisibility()::show),
        put(
            "/v1/presence",
            FULL_SIGNED,
            GENERAL,
            Presence.Setting.class,
            presence.myVisibility()::set),
        get("/v1/presence/online", FULL, GENERAL, presence.listOnline()::serve),
        get("/v1/contacts", FULL, GENERAL, presence.myContacts()::list),
        put("/v1/contacts/:name", FULL_SIGNED, GENERAL, presence.myContacts()::add)
            .alsoByAccount(LOOKUP),
        delete("/v1/contacts/:name", FULL_SIGNED, GENERAL, presence.myContacts()::remove)
            .alsoByAccount(LOOKUP));
  }

  /** The socket that events come by. It makes its account online, so its request is signed. */
  static SocketRoute events(WhoIsOnline presence, Messaging messaging, OpenSockets open) {
    return new SocketRoute(
        "/v1/events", FULL_SIGNED, GENERAL, List.of(presence.stayOnline(), messaging.push()), open);
  }

  /** On a port of its own, which only the key server's certificate opens. */
  static List<Route<?>> forKeyServer(Accounts accounts) {
    return List.of(
        post(
            "/v1/introspection",
            ANYONE,
            INTROSPECTION,
            KeyServing.Introspection.class,
            accounts.keyServerTokens()::introspect));
  }
}
