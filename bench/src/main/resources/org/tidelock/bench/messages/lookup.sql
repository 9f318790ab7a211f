-- GET /v1/people/NAME, statement by statement as the server does it.
-- The address's limit, the token, the account's limit, its limit of look-ups.
INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
VALUES ('GENERAL/7f000001', 2e8 - 1, now())
ON CONFLICT (bucket) DO UPDATE
SET tokens = LEAST(2e8, r.tokens
        + 5e7 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) - 1,
    updated_at = now()
WHERE LEAST(2e8, r.tokens
        + 5e7 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) >= 1;
SELECT t.kind, d.account_id, d.device_id, d.device_key
FROM tokens t JOIN token_families f USING (family_id) JOIN devices d USING (device_id)
WHERE t.token_hash = :token::bytea AND t.expires_at > now() AND t.kind <> 'refresh';
INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
VALUES ('GENERAL/' || :sender_account, 2e8 - 1, now())
ON CONFLICT (bucket) DO UPDATE
SET tokens = LEAST(2e8, r.tokens
        + 5e7 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) - 1,
    updated_at = now()
WHERE LEAST(2e8, r.tokens
        + 5e7 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) >= 1;
INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
VALUES ('LOOKUP/' || :sender_account, 1e8 - 1, now())
ON CONFLICT (bucket) DO UPDATE
SET tokens = LEAST(1e8, r.tokens
        + 1e6 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) - 1,
    updated_at = now()
WHERE LEAST(1e8, r.tokens
        + 1e6 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) >= 1;
-- The account, its keys, the proof that they stand in the log, its devices.
\startpipeline
BEGIN;
SELECT * FROM accounts WHERE name = :recipient_name;
\endpipeline
SELECT leaf_index, entry FROM key_log WHERE account_id = :recipient_account::bytea
ORDER BY generation DESC LIMIT 1;
SELECT leaves FROM key_log_size;
SELECT level, node_index, hash FROM key_log_nodes
JOIN unnest(ARRAY[0, 1, 2, 3, 4, 5]::int[],
            ARRAY[:leaf # 1, (:leaf >> 1) # 1, (:leaf >> 2) # 1, (:leaf >> 3) # 1,
                  (:leaf >> 4) # 1, 0]::bigint[])
  AS wanted (level, node_index) USING (level, node_index);
SELECT certificate, last_seen_at FROM devices
WHERE account_id = :recipient_account::bytea AND certificate IS NOT NULL
ORDER BY created_at, device_id;
COMMIT;
