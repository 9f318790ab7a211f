-- POST /v1/messages/ID/countersignature, statement by statement as the server does it.
-- The address's limit, the token, the request's nonce, the account's limit.
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
INSERT INTO request_nonces (signer, nonce, expires_at)
VALUES (:key::bytea, int8send(:second) || int8send(:third), now() + interval '4 minutes')
ON CONFLICT DO NOTHING;
INSERT INTO rate_limits AS r (bucket, tokens, updated_at)
VALUES ('GENERAL/' || :sender_account, 2e8 - 1, now())
ON CONFLICT (bucket) DO UPDATE
SET tokens = LEAST(2e8, r.tokens
        + 5e7 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) - 1,
    updated_at = now()
WHERE LEAST(2e8, r.tokens
        + 5e7 * GREATEST(0, EXTRACT(EPOCH FROM now() - r.updated_at)::float8)) >= 1;
-- The message, the sender's keys; then the countersignature and the queues at once.
\startpipeline
BEGIN;
SELECT * FROM messages WHERE message_id = int8send(:first) || int8send(:second) FOR UPDATE;
\endpipeline
SELECT leaf_index, entry FROM key_log
WHERE account_id = :sender_account::bytea AND generation = 1;
\startpipeline
UPDATE messages SET countersignature = decode(repeat('5a', 64), 'hex')
WHERE message_id = int8send(:first) || int8send(:second);
WITH next AS (
  INSERT INTO mailbox_sequences AS s (account_id, last_sequence)
  SELECT account_id, 1 FROM accounts WHERE account_id = :recipient_account::bytea
  ON CONFLICT (account_id) DO UPDATE SET last_sequence = s.last_sequence + 1
  RETURNING account_id, last_sequence),
items AS (
  INSERT INTO mailbox_items (device_id, sequence, kind, message_id, at, expires_at)
  SELECT d.device_id, next.last_sequence, 'countersigned', int8send(:first) || int8send(:second), now(),
    now() + interval '90 days'
  FROM next JOIN devices d USING (account_id) WHERE d.certificate IS NOT NULL)
SELECT pg_notify('mailbox', :recipient_account) FROM next;
\endpipeline
COMMIT;
