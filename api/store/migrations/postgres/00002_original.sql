-- +goose Up

-- Of a log that was changed by a PATCH since it came in: the hash of its document as it came in, or
-- one zero byte where that is not known. NULL for any other log.
ALTER TABLE logs ADD COLUMN original BYTEA;

CREATE INDEX logs_corrected ON logs (file, created DESC, seq DESC) WHERE original IS NOT NULL;
