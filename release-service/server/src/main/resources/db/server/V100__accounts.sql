-- Accounts: what the server knows of a person is a name, public keys and a keyed hash of a contact.

CREATE TABLE accounts (
  account_id            bytea       PRIMARY KEY,
  name                  text        NOT NULL UNIQUE,
  handle_id             bytea       NOT NULL UNIQUE,
  kdf_memory_kib        integer     NOT NULL,
  kdf_iterations        integer     NOT NULL,
  kdf_parallelism       integer     NOT NULL,
  kdf_salt              bytea       NOT NULL,
  auth_key              bytea       NOT NULL,
  recovery_auth_key     bytea       NOT NULL,
  -- The only commit point of a password change: what is newer on the key server does not count yet.
  password_version      bigint      NOT NULL,
  recovery_version      bigint      NOT NULL,
  key_generation        bigint      NOT NULL,
  signing_key           bytea       NOT NULL,
  encryption_suite      integer     NOT NULL,
  encryption_key        bytea       NOT NULL,
  created_at            timestamptz NOT NULL
);

-- Registrations that wait for their code. The contact itself is nowhere.
CREATE TABLE registrations (
  registration_id       bytea       PRIMARY KEY,
  name                  text        NOT NULL,
  handle_id             bytea       NOT NULL,
  kdf_memory_kib        integer     NOT NULL,
  kdf_iterations        integer     NOT NULL,
  kdf_parallelism       integer     NOT NULL,
  kdf_salt              bytea       NOT NULL,
  auth_key              bytea       NOT NULL,
  recovery_auth_key     bytea       NOT NULL,
  -- The account's first keys and its first device, as the documents that its owner signed.
  entry                 bytea       NOT NULL,
  device                bytea       NOT NULL,
  -- HMAC under a key that is not in the database: eight digits would be guessed from a plain hash.
  code_mac              bytea       NOT NULL,
  tries_left            integer     NOT NULL,
  expires_at            timestamptz NOT NULL
);
CREATE INDEX registrations_by_expiry ON registrations (expires_at);

CREATE TABLE devices (
  device_id             bytea       PRIMARY KEY,
  account_id            bytea       NOT NULL REFERENCES accounts ON DELETE CASCADE,
  device_key            bytea       NOT NULL,
  -- None until the device has answered a session challenge: it knows the password, no more.
  certificate           bytea,
  generation            bigint,
  created_at            timestamptz NOT NULL,
  last_seen_at          timestamptz NOT NULL
);
CREATE INDEX devices_by_account ON devices (account_id);

-- A family is what one login led to: all its tokens end together.
CREATE TABLE token_families (
  family_id             bytea       PRIMARY KEY,
  device_id             bytea       NOT NULL REFERENCES devices ON DELETE CASCADE,
  created_at            timestamptz NOT NULL
);
CREATE INDEX token_families_by_device ON token_families (device_id);

CREATE TABLE tokens (
  token_hash            bytea       PRIMARY KEY,
  family_id             bytea       NOT NULL REFERENCES token_families ON DELETE CASCADE,
  kind                  text        NOT NULL CHECK (kind IN ('login', 'full', 'refresh')),
  used_at               timestamptz,
  expires_at            timestamptz NOT NULL
);
CREATE INDEX tokens_by_family ON tokens (family_id);
CREATE INDEX tokens_by_expiry ON tokens (expires_at);

-- Tokens for another server, which asks here what they are worth: once.
CREATE TABLE audience_tokens (
  token_hash            bytea       PRIMARY KEY,
  family_id             bytea       NOT NULL REFERENCES token_families ON DELETE CASCADE,
  audience              text        NOT NULL,
  may_write             boolean     NOT NULL,
  expires_at            timestamptz NOT NULL
);
CREATE INDEX audience_tokens_by_expiry ON audience_tokens (expires_at);
CREATE INDEX audience_tokens_by_family ON audience_tokens (family_id);

-- Logins begun. For a name that nobody has there is a row too, of an account that does not exist.
CREATE TABLE login_challenges (
  challenge_id          bytea       PRIMARY KEY,
  account_id            bytea       NOT NULL,
  auth_key              bytea       NOT NULL,
  statement             bytea       NOT NULL,
  device_id             bytea       NOT NULL,
  device_key            bytea       NOT NULL,
  expires_at            timestamptz NOT NULL
);
CREATE INDEX login_challenges_by_expiry ON login_challenges (expires_at);

CREATE TABLE session_challenges (
  challenge_id          bytea       PRIMARY KEY,
  token_hash            bytea       NOT NULL REFERENCES tokens ON DELETE CASCADE,
  -- SHA-256 of the one right answer, which is a MAC under a secret that only the client can open.
  answer_hash           bytea       NOT NULL,
  expires_at            timestamptz NOT NULL
);
CREATE INDEX session_challenges_by_expiry ON session_challenges (expires_at);
CREATE INDEX session_challenges_by_token ON session_challenges (token_hash);
