-- Append-only: every handle that was ever registered, so that nodes keep their filters in step.
CREATE TABLE handle_log (
  position              bigint      PRIMARY KEY,
  handle_id             bytea       NOT NULL
);

-- Whoever appends holds this row: positions are committed one after another, without a gap.
CREATE TABLE handle_log_size (
  only_row              boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
  entries               bigint      NOT NULL
);
INSERT INTO handle_log (position, handle_id)
  SELECT row_number() OVER (ORDER BY handle_id), handle_id FROM accounts;
INSERT INTO handle_log_size (entries) SELECT count(*) FROM handle_log;

CREATE FUNCTION handle_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the handle log is append-only';
END
$$;
CREATE TRIGGER handle_log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON handle_log
  FOR EACH STATEMENT EXECUTE FUNCTION handle_log_is_append_only();
