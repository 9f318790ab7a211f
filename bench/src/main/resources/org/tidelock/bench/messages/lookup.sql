-- GET /v1/people/NAME, statement by statement as the server does it.
-- The token; the address's limit, the account's limit, its limit of look-ups.
SELECT t.kind, d.account_id, d.device_id, d.device_key
FROM tokens t JOIN token_families f USING (family_id) JOIN devices d USING (device_id)
WHERE t.token_hash = :token::bytea AND t.expires_at > now() AND t.kind <> 'refresh';
WITH taken0 AS (SELECT 1 AS one),
taken1 AS (
  INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
  SELECT 'GENERAL/7f000001', 2e8 - 1, now() FROM taken0
  ON CONFLICT (bucket) DO UPDATE
  SET tokens = LEAST(2e8, r.tokens + 5e7
          * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) - 1,
      updated_at = now()
  WHERE LEAST(2e8, r.tokens + 5e7
          * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) >= 1
  RETURNING 1),
taken2 AS (
  INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
  SELECT 'GENERAL/' || :sender_account, 2e8 - 1, now() FROM taken1
  ON CONFLICT (bucket) DO UPDATE
  SET tokens = LEAST(2e8, r.tokens + 5e7
          * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) - 1,
      updated_at = now()
  WHERE LEAST(2e8, r.tokens + 5e7
          * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) >= 1
  RETURNING 1),
taken3 AS (
  INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
  SELECT 'LOOKUP/' || :sender_account, 1e8 - 1, now() FROM taken2
  ON CONFLICT (bucket) DO UPDATE
  SET tokens = LEAST(1e8, r.tokens + 1e6
          * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) - 1,
      updated_at = now()
  WHERE LEAST(1e8, r.tokens + 1e6
          * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) >= 1
  RETURNING 1)
SELECT (SELECT count(*) FROM taken1)::int + (SELECT count(*) FROM taken2)::int + (SELECT count(*) FROM taken3)::int AS taken;
-- The account; its devices and keys; the proof that they stand in the log.
SELECT * FROM accounts WHERE name = :recipient_name;
\startpipeline
SELECT certificate, last_seen_at FROM devices
WHERE account_id = :recipient_account::bytea AND certificate IS NOT NULL
ORDER BY created_at, device_id;
SELECT leaf_index, entry, leaves FROM key_log CROSS JOIN key_log_size
WHERE account_id = :recipient_account::bytea ORDER BY generation DESC LIMIT 1;
\endpipeline
SELECT level, node_index, hash FROM key_log_nodes
JOIN unnest(ARRAY[0, 1, 2, 3, 4, 5]::int[],
            ARRAY[:leaf # 1, (:leaf >> 1) # 1, (:leaf >> 2) # 1, (:leaf >> 3) # 1,
                  (:leaf >> 4) # 1, 0]::bigint[])
  AS wanted (level, node_index) USING (level, node_index);
