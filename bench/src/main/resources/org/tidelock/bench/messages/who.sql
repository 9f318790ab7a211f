-- Who sends to whom, and the new message's id: what the server takes from the request.
\set sender random(1, :senders)
\set recipient random(1, :recipients)
\set first random(1, 9000000000000000000)
\set second random(1, 9000000000000000000)
\set third random(1, 9000000000000000000)
SELECT s.account AS sender_account, s.device AS device, s.key AS key, s.token AS token,
  r.account AS recipient_account, r.name AS recipient_name, r.leaf AS leaf
FROM load_senders s, load_recipients r
WHERE s.number = :sender::int AND r.number = :recipient::int \gset
