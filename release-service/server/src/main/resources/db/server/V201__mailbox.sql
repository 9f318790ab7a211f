-- What each device of an account has to know, until it acknowledges. Sequences count by account:
-- every item goes to all its devices.
CREATE TABLE mailbox_sequences (
  account_id            bytea       PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  last_sequence         bigint      NOT NULL
);
CREATE TABLE mailbox_items (
  device_id             bytea       NOT NULL REFERENCES devices ON DELETE CASCADE,
  sequence              bigint      NOT NULL,
  kind                  text        NOT NULL,
  message_id            bytea       NOT NULL,
  at                    timestamptz NOT NULL,
  expires_at            timestamptz NOT NULL,
  PRIMARY KEY (device_id, sequence)
);
CREATE INDEX mailbox_items_by_expiry ON mailbox_items (expires_at);
