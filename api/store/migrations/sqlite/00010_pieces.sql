-- +goose Up

-- The pieces of a large document in their order; doc is empty in the row of its log then.
CREATE TABLE pieces (
    log   INTEGER NOT NULL, -- its number
    place INTEGER NOT NULL, -- in the order of the pieces
    bytes BLOB    NOT NULL,
    PRIMARY KEY (log, place)
);

-- +goose StatementBegin
CREATE TRIGGER pieces_gone AFTER DELETE ON logs WHEN length(OLD.doc) = 0
BEGIN
    DELETE FROM pieces WHERE log = OLD.seq;
END;
-- +goose StatementEnd

-- Every document as one value, for other programs.
CREATE VIEW documents AS
SELECT seq, id, CASE WHEN length(doc) > 0 THEN doc ELSE
    (SELECT CAST(group_concat(bytes, '') AS BLOB) FROM (SELECT bytes FROM pieces WHERE log = logs.seq ORDER BY place)) END AS doc
FROM logs;
