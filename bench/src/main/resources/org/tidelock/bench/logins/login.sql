-- What one login asks of the database in its two requests, statement by statement as the server does it.
\set user random(1, :users)
\set first random(1, 9000000000000000000)
\set second random(1, 9000000000000000000)
\set low random(1, 9000000000000000000)
-- The address's limit, the request's nonce, the name's limit.
INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
VALUES ('LOGIN/7f000001', 4e7 - 1, now())
ON CONFLICT (bucket) DO UPDATE
SET tokens = LEAST(4e7, r.tokens
        + 2e6 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) - 1,
    updated_at = now()
WHERE LEAST(4e7, r.tokens
        + 2e6 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) >= 1;
INSERT INTO request_nonces (signer, nonce, expires_at)
VALUES (int8send(:user) || int8send(0) || int8send(0) || int8send(0),
        int8send(:first) || int8send(:low), now() + interval '4 minutes')
ON CONFLICT DO NOTHING;
INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
VALUES ('LOGIN_TO_NAME/load' || :user::int, 4e7 - 1, now())
ON CONFLICT (bucket) DO UPDATE
SET tokens = LEAST(4e7, r.tokens
        + 2e6 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) - 1,
    updated_at = now()
WHERE LEAST(4e7, r.tokens
        + 2e6 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) >= 1;
-- The challenge, for a device of the account.
SELECT device_id AS device, account_id AS account, leaf_index AS leaf
FROM load_devices WHERE number = :user::int \gset
SELECT account_id, kdf_memory_kib, kdf_iterations, kdf_parallelism, kdf_salt,
  CASE WHEN false THEN recovery_auth_key ELSE auth_key END AS entrance_key
FROM accounts WHERE name = 'load' || :user::int;
INSERT INTO login_challenges
  (challenge_id, account_id, auth_key, statement, device_id, device_key, expires_at)
VALUES (int8send(:first) || int8send(:low), :account::bytea, decode(repeat('00', 32), 'hex'),
        decode(repeat('00', 220), 'hex'), :device::bytea, decode(repeat('00', 32), 'hex'),
        now() + interval '1 minute');
-- The second request: the address's limit, the nonce, the challenge taken.
INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
VALUES ('LOGIN/7f000001', 4e7 - 1, now())
ON CONFLICT (bucket) DO UPDATE
SET tokens = LEAST(4e7, r.tokens
        + 2e6 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) - 1,
    updated_at = now()
WHERE LEAST(4e7, r.tokens
        + 2e6 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) >= 1;
INSERT INTO request_nonces (signer, nonce, expires_at)
VALUES (int8send(:user) || int8send(0) || int8send(0) || int8send(0),
        int8send(:second) || int8send(:low), now() + interval '4 minutes')
ON CONFLICT DO NOTHING;
DELETE FROM login_challenges
WHERE challenge_id = int8send(:first) || int8send(:low) AND expires_at > now()
RETURNING account_id, auth_key, statement, device_id, device_key;
-- The device noted, a token given, the keys proved.
BEGIN;
SELECT * FROM accounts WHERE account_id = :account::bytea FOR UPDATE;
INSERT INTO devices AS d (device_id, account_id, device_key, created_at, last_seen_at)
VALUES (:device::bytea, :account::bytea, decode(repeat('00', 32), 'hex'), now(), now())
ON CONFLICT (device_id) DO UPDATE SET last_seen_at = now()
WHERE d.account_id = :account::bytea;
SELECT count(*)::int AS devices FROM devices WHERE account_id = :account::bytea;
WITH family AS (
  INSERT INTO token_families (family_id, device_id, created_at)
  VALUES (int8send(:second) || int8send(:low), :device::bytea, now())
  RETURNING family_id)
INSERT INTO tokens (token_hash, family_id, kind, expires_at)
SELECT int8send(:second) || int8send(:low) || int8send(:first) || int8send(:low), family_id, 'login',
  now() + interval '15 minutes' FROM family;
SELECT leaf_index, entry FROM key_log WHERE account_id = :account::bytea
ORDER BY generation DESC LIMIT 1;
SELECT leaves FROM key_log_size;
SELECT level, node_index, hash FROM key_log_nodes
JOIN unnest(ARRAY[0, 1, 2, 3, 4]::int[],
            ARRAY[:leaf # 1, (:leaf >> 1) # 1, (:leaf >> 2) # 1, (:leaf >> 3) # 1, 0]::bigint[])
  AS wanted (level, node_index) USING (level, node_index);
COMMIT;
