-- Scheduled messages. What opens one before its time lies in the schema gate, which the service's
-- own role cannot read: functions below hand it out by the database's clock.

CREATE TABLE messages (
  message_id            bytea       PRIMARY KEY,
  sender_id             bytea       NOT NULL,
  sender_device         bytea       NOT NULL,
  recipient_id          bytea       NOT NULL,
  -- Documents as they were signed.
  envelope              bytea       NOT NULL,
  envelope_hash         bytea       NOT NULL,
  signature             bytea       NOT NULL,
  receipt               bytea       NOT NULL,
  countersignature      bytea,
  puzzle                bytea,
  double_encrypted      bytea       NOT NULL,
  payload_bytes         bigint      NOT NULL,
  state                 text        NOT NULL
    CHECK (state IN ('waiting', 'released', 'cancelled', 'puzzle-only', 'damaged')),
  release_at            timestamptz NOT NULL,
  -- The hash of the newest event. With release_at and the id it is bound into sealed_key.
  event_head            bytea       NOT NULL,
  -- The key of the row in gate.message_secrets, sealed under a key outside the database.
  sealed_key            bytea,
  -- What was handed out.
  challenge_key         bytea,
  encrypted_key         bytea,
  released_at           timestamptz,
  accepted_at           timestamptz NOT NULL,
  expires_at            timestamptz NOT NULL DEFAULT 'infinity'
);
CREATE INDEX messages_by_recipient ON messages (recipient_id, accepted_at DESC, message_id);
CREATE INDEX messages_by_sender ON messages (sender_id, accepted_at DESC, message_id);
CREATE INDEX messages_by_expiry ON messages (expires_at);
CREATE INDEX messages_by_release ON messages (released_at) WHERE released_at IS NOT NULL;

CREATE TABLE message_events (
  message_id            bytea       NOT NULL REFERENCES messages ON DELETE CASCADE,
  sequence              bigint      NOT NULL,
  event                 bytea       NOT NULL,
  PRIMARY KEY (message_id, sequence)
);
CREATE FUNCTION message_events_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log of a message is append-only';
END
$$;
CREATE TRIGGER message_events_are_append_only BEFORE UPDATE OR TRUNCATE ON message_events
  FOR EACH STATEMENT EXECUTE FUNCTION message_events_are_append_only();

-- How much an account has stored, kept by the rows themselves.
CREATE TABLE message_usage (
  account_id            bytea       PRIMARY KEY,
  messages              bigint      NOT NULL,
  bytes                 bigint      NOT NULL
);
CREATE FUNCTION count_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO message_usage AS u VALUES (NEW.sender_id, 1, NEW.payload_bytes)
      ON CONFLICT (account_id) DO UPDATE
      SET messages = u.messages + 1, bytes = u.bytes + NEW.payload_bytes;
  ELSE
    UPDATE message_usage SET messages = messages - 1, bytes = bytes - OLD.payload_bytes
      WHERE account_id = OLD.sender_id;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER count_message AFTER INSERT OR DELETE ON messages
  FOR EACH ROW EXECUTE FUNCTION count_message();

-- Encrypted contents in parts. One that no message took expires.
CREATE TABLE uploads (
  upload_id             bytea       PRIMARY KEY,
  account_id            bytea       NOT NULL,
  message_id            bytea       UNIQUE REFERENCES messages ON DELETE CASCADE,
  bytes                 bigint      NOT NULL,
  hash                  bytea       NOT NULL,
  complete              boolean     NOT NULL,
  expires_at            timestamptz NOT NULL
);
CREATE INDEX uploads_by_expiry ON uploads (expires_at);
CREATE INDEX uploads_by_account ON uploads (account_id) WHERE message_id IS NULL;
CREATE TABLE upload_parts (
  upload_id             bytea       NOT NULL REFERENCES uploads ON DELETE CASCADE,
  part                  bigint      NOT NULL,
  content               bytea       NOT NULL,
  PRIMARY KEY (upload_id, part)
);
ALTER TABLE upload_parts ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE SCHEMA gate;
CREATE TABLE gate.message_secrets (
  message_id            bytea       PRIMARY KEY,
  release_at            timestamptz NOT NULL,
  sealed                bytea       NOT NULL
);
CREATE INDEX message_secrets_by_release ON gate.message_secrets (release_at);

CREATE FUNCTION keep_message_secret(id bytea, at timestamptz, sealed bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO gate.message_secrets VALUES (id, at, sealed)
$$;
CREATE FUNCTION move_message_secret(id bytea, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE gate.message_secrets SET release_at = at WHERE message_id = id
$$;
CREATE FUNCTION forget_message_secret(id bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM gate.message_secrets WHERE message_id = id
$$;
-- The only way to a sealed secret: due by this database's clock and by the asking node's too. Rows
-- that another node is releasing are left out.
CREATE FUNCTION due_message_secrets(node_clock timestamptz, most integer)
RETURNS TABLE (message_id bytea, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  due timestamptz := least(pg_catalog.clock_timestamp(), node_clock);
BEGIN
  RETURN QUERY
    SELECT m.message_id, s.sealed
    FROM gate.message_secrets s JOIN public.messages m ON m.message_id = s.message_id
    WHERE s.release_at <= due AND m.release_at <= due AND m.state = 'waiting'
    ORDER BY s.release_at
    LIMIT most
    FOR UPDATE OF s, m SKIP LOCKED;
END
$$;
REVOKE ALL ON FUNCTION keep_message_secret, move_message_secret, forget_message_secret,
  due_message_secrets FROM PUBLIC;
