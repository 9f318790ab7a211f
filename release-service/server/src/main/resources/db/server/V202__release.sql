-- What the nodes' clocks said last: a jump between them and the time since boot stops releases.
CREATE TABLE release_clocks (
  clock                 text        PRIMARY KEY,
  boot_id               text        NOT NULL,
  since_boot_millis     bigint      NOT NULL,
  read_at               timestamptz NOT NULL
);
-- Releases are stopped while there is a row; an operator's confirmation removes it.
CREATE TABLE release_stops (
  only_row              boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
  reason                text        NOT NULL,
  stopped_at            timestamptz NOT NULL
);

CREATE TABLE notice_settings (
  account_id            bytea       PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  mail                  text,
  webhook               text
);
-- Notices to be delivered outside, until they are or their tries are used up.
CREATE TABLE notices (
  notice_id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id            bytea       NOT NULL REFERENCES accounts ON DELETE CASCADE,
  way                   text        NOT NULL CHECK (way IN ('mail', 'webhook')),
  address               text        NOT NULL,
  message_id            bytea       NOT NULL,
  at                    timestamptz NOT NULL,
  tries                 integer     NOT NULL DEFAULT 0,
  next_try_at           timestamptz NOT NULL,
  expires_at            timestamptz NOT NULL
);
CREATE INDEX notices_by_next_try ON notices (next_try_at);
CREATE INDEX notices_by_expiry ON notices (expires_at);
