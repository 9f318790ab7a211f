-- Which key encryption keys seal rows; the keys themselves lie outside the database. The newest
-- seals. One that a row needs cannot be deleted, and no row can need one that was.
CREATE TABLE keks (
  number           bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
  kek_id           bytea       PRIMARY KEY,
  added_at         timestamptz NOT NULL
);

-- What the server last said of an account. It never goes back to an older password or generation.
CREATE TABLE accounts (
  account_id       bytea       PRIMARY KEY,
  password_version bigint      NOT NULL,
  auth_key         bytea       NOT NULL,
  key_generation   bigint      NOT NULL
);

-- Wrapped keys, each sealed again. key_id is SHA-256 of the record's public key: what one secret of
-- a purpose and version is told from another by, as two changes may be under way at once.
CREATE TABLE records (
  row_id           bytea       PRIMARY KEY,
  account_id       bytea       NOT NULL REFERENCES accounts,
  purpose          text        NOT NULL,
  version          bigint      NOT NULL,
  key_id           bytea       NOT NULL,
  kek_id           bytea       NOT NULL REFERENCES keks,
  sealed           bytea       NOT NULL,
  written_at       timestamptz NOT NULL,
  UNIQUE (account_id, purpose, version, key_id)
);
CREATE INDEX records_by_kek ON records (kek_id);
