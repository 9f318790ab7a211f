-- What one prelogin asks of the database, statement by statement as the server does it.
\set user random(1, :users)
-- The address's limit.
INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
VALUES ('LOGIN/7f000001', 4e7 - 1, now())
ON CONFLICT (bucket) DO UPDATE
SET tokens = LEAST(4e7, r.tokens
        + 2e6 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) - 1,
    updated_at = now()
WHERE LEAST(4e7, r.tokens
        + 2e6 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) >= 1;
-- The name's limit.
INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
VALUES ('LOGIN_TO_NAME/load' || :user::int, 4e7 - 1, now())
ON CONFLICT (bucket) DO UPDATE
SET tokens = LEAST(4e7, r.tokens
        + 2e6 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) - 1,
    updated_at = now()
WHERE LEAST(4e7, r.tokens
        + 2e6 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) >= 1;
SELECT kdf_memory_kib, kdf_iterations, kdf_parallelism, kdf_salt FROM accounts WHERE name = 'load' || :user::int;
