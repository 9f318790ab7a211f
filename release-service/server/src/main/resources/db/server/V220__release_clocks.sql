-- A clock is also held against its first reading since the boot, or since an operator confirmed it:
-- small steps add up to one that is noticed.
DELETE FROM release_clocks;
ALTER TABLE release_clocks ADD COLUMN first_since_boot_millis bigint NOT NULL;
ALTER TABLE release_clocks ADD COLUMN first_read_at timestamptz NOT NULL;
-- The last release when an operator confirmed the clocks: a clock that was wrong, and fast, may have
-- dated it later than it is now.
CREATE TABLE release_confirmation (
  only_row              boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
  last_release          timestamptz NOT NULL
);
