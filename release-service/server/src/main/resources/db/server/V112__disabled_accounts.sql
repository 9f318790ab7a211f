-- An account that the operator has disabled logs in no more. What it owns stays.
ALTER TABLE accounts ADD COLUMN disabled_at timestamptz;
