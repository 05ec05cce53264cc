-- A transaction that the base fee has left behind is signed again with the same nonce: the row holds the newest signing, and here
-- the hashes of those before it, a JSON list, since any of them may be the one that is mined.
ALTER TABLE transactions ADD COLUMN earlier TEXT NOT NULL DEFAULT '[]';
