-- How often a message was decided about anew, counted behind the gate, where it only grows: what a
-- row's key is bound to, so that a row from before a postponement does not open any more.
ALTER TABLE messages ADD COLUMN decisions bigint NOT NULL DEFAULT 0;
ALTER TABLE gate.message_secrets ADD COLUMN decisions bigint NOT NULL DEFAULT 0;

DROP FUNCTION move_message_secret(bytea, timestamptz);
CREATE FUNCTION move_message_secret(id bytea, at timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE gate.message_secrets SET release_at = at, decisions = decisions + 1
  WHERE message_id = id RETURNING decisions
$$;
DROP FUNCTION due_message_secrets(timestamptz, integer);
CREATE FUNCTION due_message_secrets(node_clock timestamptz, most integer)
RETURNS TABLE (message_id bytea, sealed bytea, decisions bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  due timestamptz := least(pg_catalog.clock_timestamp(), node_clock);
BEGIN
  RETURN QUERY
    SELECT m.message_id, s.sealed, s.decisions
    FROM gate.message_secrets s JOIN public.messages m ON m.message_id = s.message_id
    WHERE s.release_at <= due AND m.release_at <= due AND m.state = 'waiting'
    ORDER BY s.release_at
    LIMIT most
    FOR UPDATE OF s, m SKIP LOCKED;
END
$$;
-- Of a message that was decided about anew the count stays: else what was handed out could be kept
-- again, counted from the beginning.
CREATE OR REPLACE FUNCTION forget_message_secret(id bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM gate.message_secrets WHERE message_id = id AND decisions = 0;
  UPDATE gate.message_secrets SET release_at = 'infinity', sealed = ''
  WHERE message_id = id AND decisions > 0
$$;
REVOKE ALL ON FUNCTION move_message_secret, due_message_secrets FROM PUBLIC;
