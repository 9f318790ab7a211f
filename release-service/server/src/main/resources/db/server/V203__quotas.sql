-- What an operator allows one account instead of what the settings allow everybody.
ALTER TABLE message_usage ADD COLUMN messages_allowed bigint CHECK (messages_allowed >= 0);
ALTER TABLE message_usage ADD COLUMN bytes_allowed bigint CHECK (bytes_allowed >= 0);
