-- What one login asks of the database in its two requests, statement by statement as the server does it.
\set user random(1, :users)
\set first random(1, 9000000000000000000)
\set second random(1, 9000000000000000000)
\set low random(1, 9000000000000000000)
-- Whose device: what the server takes from the request.
SELECT device_id AS device, device_key, account_id AS account, auth_key AS key, leaf_index AS leaf
FROM load_devices WHERE number = :user::int \gset
-- The address's limit, the name's limit, the request's nonce.
WITH taken0 AS (SELECT 1 AS one),
taken1 AS (
  INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
  SELECT 'LOGIN/7f000001', 4e7 - 1, now() FROM taken0
  ON CONFLICT (bucket) DO UPDATE
  SET tokens = LEAST(4e7, r.tokens + 2e6
          * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) - 1,
      updated_at = now()
  WHERE LEAST(4e7, r.tokens + 2e6
          * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) >= 1
  RETURNING 1),
taken2 AS (
  INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
  SELECT 'LOGIN_TO_NAME/load' || :user::int, 2e7 - 1, now() FROM taken1
  ON CONFLICT (bucket) DO UPDATE
  SET tokens = LEAST(2e7, r.tokens + 1e5
          * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) - 1,
      updated_at = now()
  WHERE LEAST(2e7, r.tokens + 1e5
          * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) >= 1
  RETURNING 1),
taken3 AS (
  INSERT INTO request_nonces (signer, nonce, expires_at)
  SELECT int8send(:user) || int8send(0) || int8send(0) || int8send(0), int8send(:first) || int8send(:low), now() + interval '4 minutes'
  FROM taken2 CROSS JOIN (SELECT set_config('synchronous_commit', 'off', true)) AS without_waiting
  ON CONFLICT DO NOTHING
  RETURNING 1)
SELECT (SELECT count(*) FROM taken1)::int + (SELECT count(*) FROM taken2)::int + (SELECT count(*) FROM taken3)::int AS taken;
-- The challenge.
SELECT account_id, kdf_memory_kib, kdf_iterations, kdf_parallelism, kdf_salt,
  CASE WHEN false THEN recovery_auth_key ELSE auth_key END AS entrance_key
FROM accounts WHERE name = 'load' || :user::int;
INSERT INTO login_challenges
  (challenge_id, account_id, auth_key, statement, device_id, device_key, expires_at)
SELECT int8send(:first) || int8send(:low), :account::bytea, decode(repeat('00', 32), 'hex'),
  decode(repeat('00', 220), 'hex'), :device::bytea, decode(repeat('00', 32), 'hex'),
  now() + interval '1 minute'
FROM (SELECT set_config('synchronous_commit', 'off', true)) AS without_waiting;
-- The second request: the address's limit and the nonce; the challenge taken.
WITH taken0 AS (SELECT 1 AS one),
taken1 AS (
  INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
  SELECT 'LOGIN/7f000001', 4e7 - 1, now() FROM taken0
  ON CONFLICT (bucket) DO UPDATE
  SET tokens = LEAST(4e7, r.tokens + 2e6
          * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) - 1,
      updated_at = now()
  WHERE LEAST(4e7, r.tokens + 2e6
          * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) >= 1
  RETURNING 1),
taken2 AS (
  INSERT INTO request_nonces (signer, nonce, expires_at)
  SELECT int8send(:user) || int8send(0) || int8send(0) || int8send(0), int8send(:second) || int8send(:low), now() + interval '4 minutes'
  FROM taken1 CROSS JOIN (SELECT set_config('synchronous_commit', 'off', true)) AS without_waiting
  ON CONFLICT DO NOTHING
  RETURNING 1)
SELECT (SELECT count(*) FROM taken1)::int + (SELECT count(*) FROM taken2)::int AS taken;
DELETE FROM login_challenges
USING (SELECT set_config('synchronous_commit', 'off', true)) AS without_waiting
WHERE challenge_id = int8send(:first) || int8send(:low) AND expires_at > now()
RETURNING account_id, auth_key, statement, device_id, device_key;
-- The token, given to the device if all is well; the account's keys, and that the log holds them.
\startpipeline
WITH account AS (
  SELECT account_id, password_version, recovery_version,
    auth_key = :key::bytea OR recovery_auth_key = :key::bytea AS current,
    disabled_at IS NOT NULL AS disabled,
    (SELECT count(*)::int FROM devices d
     WHERE d.account_id = a.account_id AND d.device_id <> :device::bytea) AS other_devices
  FROM accounts a WHERE account_id = :account::bytea FOR UPDATE),
device AS (
  INSERT INTO devices AS d (device_id, account_id, device_key, created_at, last_seen_at)
  SELECT :device::bytea, account_id, :device_key::bytea, now(), now() FROM account
  WHERE current AND NOT disabled AND other_devices < 64
  ON CONFLICT (device_id) DO UPDATE SET last_seen_at = now()
  WHERE d.account_id = :account::bytea AND d.device_key = :device_key::bytea
  RETURNING device_id),
family AS (
  INSERT INTO token_families (family_id, device_id, created_at)
  SELECT int8send(:second) || int8send(:low), device_id, now() FROM device
  RETURNING family_id),
token AS (
  INSERT INTO tokens (token_hash, family_id, kind, expires_at)
  SELECT int8send(:second) || int8send(:low) || int8send(:first) || int8send(:low), family_id,
    'login', now() + interval '15 minutes' FROM family
  RETURNING token_hash)
SELECT current, disabled, other_devices, password_version, recovery_version,
  EXISTS (SELECT FROM token) AS granted
FROM account;
SELECT leaf_index, entry, leaves FROM key_log CROSS JOIN key_log_size
WHERE account_id = :account::bytea ORDER BY generation DESC LIMIT 1;
\endpipeline
SELECT level, node_index, hash FROM key_log_nodes
JOIN unnest(ARRAY[0, 1, 2, 3, 4]::int[],
            ARRAY[:leaf # 1, (:leaf >> 1) # 1, (:leaf >> 2) # 1, (:leaf >> 3) # 1, 0]::bigint[])
  AS wanted (level, node_index) USING (level, node_index);
