-- One row per command at work on one chain instance. The lease says who works on it; every takeover raises the fence,
-- and whoever holds an older fence can no longer write.
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  instance TEXT NOT NULL,
  kind TEXT NOT NULL,
  input TEXT NOT NULL,
  input_hash TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'finished', 'aborted')),
  reason TEXT,
  fence INTEGER NOT NULL,
  holder TEXT,
  renewed_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

-- The same command cannot be open twice.
CREATE UNIQUE INDEX open_runs ON runs (instance, kind, input_hash) WHERE state = 'open';

CREATE TABLE steps (
  run INTEGER NOT NULL REFERENCES runs (id),
  key TEXT NOT NULL,
  position INTEGER NOT NULL,
  input_hash TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('started', 'done')),
  attempts INTEGER NOT NULL,
  result TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (run, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE transactions (
  chain TEXT NOT NULL,
  key TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  sender TEXT NOT NULL,
  nonce INTEGER NOT NULL,
  request TEXT NOT NULL,
  raw TEXT,
  hash TEXT,
  since INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('stored', 'mined', 'displaced')),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (chain, key, attempt)
) STRICT, WITHOUT ROWID;

-- Two transactions in flight never share a nonce, whoever signs them; a second one of a key needs the first one displaced.
CREATE UNIQUE INDEX live_nonces ON transactions (chain, sender, nonce) WHERE state = 'stored';
CREATE UNIQUE INDEX live_keys ON transactions (chain, key) WHERE state <> 'displaced';
