-- +goose Up

-- The search index, see the package index. Of a log with several signatures the one with the largest n is the newest. They are
-- taken up into slices (4096 a block of logs), which are written all at once.
CREATE TABLE signatures (
    seq  BIGINT NOT NULL, -- of the log
    n    BIGINT GENERATED ALWAYS AS IDENTITY,
    bits BYTEA  NOT NULL,
    PRIMARY KEY (seq, n)
);

CREATE TABLE blocks (block BIGINT PRIMARY KEY);

CREATE TABLE slices (
    seq  BIGINT PRIMARY KEY, -- block * 4096 + bit
    bits BYTEA  NOT NULL
);

-- Documents are compressed by a method that takes half of the time, where the server has it.
-- +goose StatementBegin
DO $$
BEGIN
    EXECUTE 'ALTER TABLE logs ALTER COLUMN doc SET COMPRESSION lz4';
EXCEPTION WHEN syntax_error OR feature_not_supported OR invalid_parameter_value THEN
    NULL; -- it is older, or was built without
END
$$;
-- +goose StatementEnd
