-- Append-only: every signing and encryption key that a name ever had, as leaves of one tree.
CREATE TABLE key_log (
  leaf_index bigint PRIMARY KEY,
  account_id bytea  NOT NULL,
  generation bigint NOT NULL,
  entry      bytea  NOT NULL,
  UNIQUE (account_id, generation)
);

-- Hashes of the complete subtrees, RFC 9162 section 2.1: level 0 holds the leaves.
CREATE TABLE key_log_nodes (
  level      integer NOT NULL,
  node_index bigint  NOT NULL,
  hash       bytea   NOT NULL,
  PRIMARY KEY (level, node_index)
);

-- Whoever appends holds this row: leaves come one after another.
CREATE TABLE key_log_size (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  leaves   bigint  NOT NULL
);
INSERT INTO key_log_size (leaves) VALUES (0);

CREATE FUNCTION key_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the key log is append-only';
END
$$;
CREATE TRIGGER key_log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON key_log
  FOR EACH STATEMENT EXECUTE FUNCTION key_log_is_append_only();
CREATE TRIGGER key_log_nodes_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON key_log_nodes
  FOR EACH STATEMENT EXECUTE FUNCTION key_log_is_append_only();
