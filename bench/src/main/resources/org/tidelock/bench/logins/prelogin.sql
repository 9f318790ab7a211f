-- What one prelogin asks of the database, statement by statement as the server does it.
\set user random(1, :users)
-- The address's limit and the name's.
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
  RETURNING 1)
SELECT (SELECT count(*) FROM taken1)::int + (SELECT count(*) FROM taken2)::int AS taken;
SELECT kdf_memory_kib, kdf_iterations, kdf_parallelism, kdf_salt FROM accounts WHERE name = 'load' || :user::int;
