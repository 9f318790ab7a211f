-- Who may see that an account is online; where there is no row, its contacts.
CREATE TABLE presence_settings (
  account_id            bytea       PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  visibility            text        NOT NULL CHECK (visibility IN ('everyone', 'contacts', 'nobody'))
);

-- Whom an account lets see it, by its own choice alone.
CREATE TABLE contacts (
  account_id            bytea       NOT NULL REFERENCES accounts ON DELETE CASCADE,
  contact_id            bytea       NOT NULL REFERENCES accounts ON DELETE CASCADE,
  PRIMARY KEY (account_id, contact_id)
);
CREATE INDEX contacts_by_contact ON contacts (contact_id);

-- The open sockets of all nodes. A row ends with its login, or when no pong came in time; the node
-- that has the socket then closes it. Not logged: a crash empties it, and clients come back.
CREATE UNLOGGED TABLE connections (
  connection_id         bytea       PRIMARY KEY,
  family_id             bytea       NOT NULL REFERENCES token_families ON DELETE CASCADE,
  account_id            bytea       NOT NULL REFERENCES accounts ON DELETE CASCADE,
  opened_at             timestamptz NOT NULL,
  expires_at            timestamptz NOT NULL
);
CREATE INDEX connections_by_account ON connections (account_id);
CREATE INDEX connections_by_family ON connections (family_id);
CREATE INDEX connections_by_expiry ON connections (expires_at);

-- Whatever ends a login ends its connections by cascade, so the database itself tells of it.
CREATE FUNCTION tell_of_connection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM pg_notify('presence', 'opened ' || encode(NEW.account_id, 'hex'));
  ELSE
    PERFORM pg_notify('presence',
      'closed ' || encode(OLD.account_id, 'hex') || ' ' || encode(OLD.connection_id, 'hex'));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_of_connection AFTER INSERT OR DELETE ON connections
  FOR EACH ROW EXECUTE FUNCTION tell_of_connection();
