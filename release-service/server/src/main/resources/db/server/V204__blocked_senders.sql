-- Whose messages an account does not take, by its own choice alone.
CREATE TABLE blocked_senders (
  account_id            bytea       NOT NULL REFERENCES accounts ON DELETE CASCADE,
  sender_id             bytea       NOT NULL REFERENCES accounts ON DELETE CASCADE,
  PRIMARY KEY (account_id, sender_id)
);
CREATE INDEX blocked_senders_by_sender ON blocked_senders (sender_id);
