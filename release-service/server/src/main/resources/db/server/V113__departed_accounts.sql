-- An account that goes while it is online takes its name and its list of contacts with it, so what
-- watchers have to be told is told before: to everybody, or by pages to those contacts who have a
-- socket open. A message of PostgreSQL's has at most 8000 bytes.
CREATE FUNCTION tell_of_departure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  seen_by text;
  page    text;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM connections WHERE account_id = OLD.account_id) THEN
    RETURN OLD;
  END IF;
  SELECT coalesce(
      (SELECT visibility FROM presence_settings WHERE account_id = OLD.account_id), 'contacts')
    INTO seen_by;
  IF seen_by = 'everyone' THEN
    PERFORM pg_notify('presence',
      'departed ' || encode(OLD.account_id, 'hex') || ' ' || OLD.name || ' *');
  ELSIF seen_by = 'contacts' THEN
    FOR page IN
      SELECT string_agg(encode(watcher, 'hex'), ',')
      FROM (
        SELECT k.contact_id AS watcher, (row_number() OVER () - 1) / 200 AS page
        FROM contacts k
        WHERE k.account_id = OLD.account_id
          AND EXISTS (SELECT 1 FROM connections c WHERE c.account_id = k.contact_id)
      ) AS online
      GROUP BY online.page
    LOOP
      PERFORM pg_notify('presence',
        'departed ' || encode(OLD.account_id, 'hex') || ' ' || OLD.name || ' ' || page);
    END LOOP;
  END IF;
  RETURN OLD;
END
$$;
CREATE TRIGGER tell_of_departure BEFORE DELETE ON accounts
  FOR EACH ROW EXECUTE FUNCTION tell_of_departure();
