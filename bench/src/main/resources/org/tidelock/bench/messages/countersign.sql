-- POST /v1/messages/ID/countersignature, statement by statement as the server does it.
-- The token; the address's limit, the account's limit, the request's nonce.
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
  INSERT INTO request_nonces (signer, nonce, expires_at)
  SELECT :key::bytea, int8send(:second) || int8send(:third), now() + interval '4 minutes'
  FROM taken2 CROSS JOIN (SELECT set_config('synchronous_commit', 'off', true)) AS without_waiting
  ON CONFLICT DO NOTHING
  RETURNING 1)
SELECT (SELECT count(*) FROM taken1)::int + (SELECT count(*) FROM taken2)::int + (SELECT count(*) FROM taken3)::int AS taken;
-- The message, the sender's keys; then the countersignature and the queues at once.
\startpipeline
BEGIN;
SELECT * FROM messages WHERE message_id = int8send(:first) || int8send(:second) FOR UPDATE;
\endpipeline
SELECT leaf_index, entry, leaves FROM key_log CROSS JOIN key_log_size
WHERE account_id = :sender_account::bytea AND generation = 1;
\startpipeline
UPDATE messages SET countersignature = decode(repeat('5a', 64), 'hex')
WHERE message_id = int8send(:first) || int8send(:second);
WITH next AS (
  INSERT INTO mailbox_sequences AS s (account_id, last_sequence)
  SELECT account_id, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
  FROM accounts WHERE account_id = :recipient_account::bytea
  ON CONFLICT (account_id) DO UPDATE
  SET last_sequence = greatest(s.last_sequence + 1, excluded.last_sequence)
  RETURNING account_id, last_sequence)
INSERT INTO mailbox_items (device_id, sequence, kind, message_id, at, expires_at)
SELECT d.device_id, next.last_sequence, 'countersigned', int8send(:first) || int8send(:second), now(),
  now() + interval '90 days'
FROM next JOIN devices d USING (account_id) WHERE d.certificate IS NOT NULL;
COMMIT;
\endpipeline
-- Other nodes are told.
SELECT pg_notify('mailbox', :recipient_account)
FROM (SELECT set_config('synchronous_commit', 'off', true)) AS without_waiting;
