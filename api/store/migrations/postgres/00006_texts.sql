-- +goose Up

-- The text, without cases, that a search reads which looks in all places: that of the messages, the
-- error and the id. What it reads besides stands in searched and noted.
ALTER TABLE logs ADD COLUMN texts TEXT NOT NULL DEFAULT '';
