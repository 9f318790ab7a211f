-- Nonces of signed requests, for as long as their signatures would be taken.
CREATE TABLE request_nonces (
  signer     bytea       NOT NULL,
  nonce      bytea       NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (signer, nonce)
);
CREATE INDEX request_nonces_by_expiry ON request_nonces (expires_at);

-- How much each address, account and name has left to do. Not logged: a crash empties it.
CREATE UNLOGGED TABLE rate_limits (
  bucket     text             PRIMARY KEY,
  tokens     double precision NOT NULL,
  updated_at timestamptz      NOT NULL
) WITH (fillfactor = 50);
