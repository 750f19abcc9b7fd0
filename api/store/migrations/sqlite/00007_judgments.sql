-- +goose Up

-- made: a judgment that came by POST and is shown in the log that it judges; one that was imported
-- is shown where an imported line shows it.
ALTER TABLE logs ADD COLUMN made INTEGER NOT NULL DEFAULT 0;

CREATE INDEX logs_made ON logs (parent) WHERE made;

-- The judgments that stand in the documents of logs as they came in, those without an id aside.
-- One that is gone was deleted here, and is left out wherever its log is shown.
CREATE TABLE nested (
    log  INTEGER NOT NULL, -- the number of the log in whose document it stands
    id   TEXT    NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (log, id)
) WITHOUT ROWID;

CREATE INDEX nested_id ON nested (id);
CREATE INDEX nested_gone ON nested (log) WHERE gone;

-- learned: an evaluator that is known from judgments within logs alone. It is listed among
-- evaluators, and elsewhere once it has a log of its own.
-- deleted: it is not shown any more; the judgments with it are.
ALTER TABLE files ADD COLUMN learned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE files ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
