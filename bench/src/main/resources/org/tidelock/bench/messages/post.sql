-- POST /v1/messages, statement by statement as the server does it.
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
  SELECT :key::bytea, int8send(:first) || int8send(:third), now() + interval '4 minutes'
  FROM taken2 CROSS JOIN (SELECT set_config('synchronous_commit', 'off', true)) AS without_waiting
  ON CONFLICT DO NOTHING
  RETURNING 1)
SELECT (SELECT count(*) FROM taken1)::int + (SELECT count(*) FROM taken2)::int + (SELECT count(*) FROM taken3)::int AS taken;
-- Whether it was taken before, and both accounts' newest keys.
\startpipeline
SELECT * FROM messages WHERE message_id = int8send(:first) || int8send(:second);
SELECT DISTINCT ON (account_id) entry FROM accounts JOIN key_log USING (account_id)
WHERE account_id = ANY (ARRAY[:sender_account, :recipient_account]::bytea[])
ORDER BY account_id, generation DESC;
\endpipeline
-- Room; then the message, its first event, its secret, its content and the recipient's queues at once.
\startpipeline
BEGIN;
SELECT coalesce(u.messages, 0) AS messages, coalesce(u.bytes, 0) AS bytes,
  u.messages_allowed, u.bytes_allowed,
  EXISTS (
    SELECT 1 FROM blocked_senders b
    WHERE b.account_id = :recipient_account::bytea AND b.sender_id = :sender_account::bytea)
  AS blocked,
  (SELECT kek_id FROM keks ORDER BY number DESC LIMIT 1) AS kek_id
FROM (SELECT) AS one LEFT JOIN message_usage u ON u.account_id = :sender_account::bytea;
\endpipeline
\startpipeline
INSERT INTO messages
  (message_id, sender_id, sender_device, recipient_id, envelope, envelope_hash,
   signature, receipt, puzzle, double_encrypted, payload_bytes, state, release_at,
   event_head, sealed_key, challenge_key, encrypted_key, released_at, accepted_at,
   expires_at, kek_id)
SELECT int8send(:first) || int8send(:second), :sender_account::bytea, :device::bytea,
  :recipient_account::bytea, envelope, envelope_hash, signature, receipt, puzzle,
  double_encrypted, payload_bytes, 'waiting', now() + interval '30 days', event_head, sealed_key,
  NULL, NULL, NULL, now(), 'infinity', kek_id
FROM load_sample
ON CONFLICT DO NOTHING;
INSERT INTO message_events (message_id, sequence, event)
SELECT int8send(:first) || int8send(:second), 0, event FROM load_sample;
SELECT keep_message_secret(int8send(:first) || int8send(:second), now() + interval '30 days', sealed)
FROM load_sample;
INSERT INTO uploads (upload_id, account_id, message_id, bytes, hash, complete, expires_at)
SELECT int8send(:first) || int8send(:second), :sender_account::bytea,
  int8send(:first) || int8send(:second), payload_bytes, hash, true, 'infinity'
FROM load_sample;
INSERT INTO upload_parts (upload_id, part, content)
SELECT int8send(:first) || int8send(:second), 0, content FROM load_sample
ON CONFLICT (upload_id, part) DO NOTHING;
WITH next AS (
  INSERT INTO mailbox_sequences AS s (account_id, last_sequence)
  SELECT account_id, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
  FROM accounts WHERE account_id = :recipient_account::bytea
  ON CONFLICT (account_id) DO UPDATE
  SET last_sequence = greatest(s.last_sequence + 1, excluded.last_sequence)
  RETURNING account_id, last_sequence)
INSERT INTO mailbox_items (device_id, sequence, kind, message_id, at, expires_at)
SELECT d.device_id, next.last_sequence, 'arrived', int8send(:first) || int8send(:second), now(),
  now() + interval '90 days'
FROM next JOIN devices d USING (account_id) WHERE d.certificate IS NOT NULL;
COMMIT;
\endpipeline
-- Other nodes are told.
SELECT pg_notify('mailbox', :recipient_account)
FROM (SELECT set_config('synchronous_commit', 'off', true)) AS without_waiting;
