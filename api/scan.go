package api

import "context"

// ScanQuery selects logs for a Scan. Zero members do not select.
type ScanQuery struct {
	Files     []string // the ids of the files whose logs are looked at; nil for all prompts
	Search    string   // as in LogQuery, and so are the next five
	SearchIn  []string
	Metadata  string
	StartDate string
	EndDate   string
	Cut       int

	Corrected bool // only logs that a PATCH has changed since they came in
	Oldest    bool // the oldest log first, and not the newest

	// Keep decides about each log that all else has selected, by its document, which it must not
	// hold on to. It is called from several goroutines at once. An error ends the scan. nil keeps
	// all.
	Keep func(ctx context.Context, doc []byte) (bool, error)
}

// Scanner is a store that goes through its logs itself, on all cores, without handing out those
// that are not wanted.
type Scanner interface {
	// Scan begins to go through logs. NotFound when one of the files is not there, Invalid for a
	// date that is none.
	Scan(ctx context.Context, q ScanQuery) (Scan, error)
	// Corrected reports whether a PATCH has changed a log since it came in. NotFound when there is
	// no such log.
	Corrected(ctx context.Context, id string) (bool, error)
}

// Scan goes through the logs that a ScanQuery selects, in the order of lists. Between two calls it
// holds no resources of the database.
type Scan interface {
	// Next looks at some more logs and gives the documents of those that are selected, which may be
	// none; io.EOF when all were looked at. After another error nothing is lost: calling again goes
	// on where it stopped. One call at a time.
	Next(ctx context.Context) ([][]byte, error)
	// Looked is how many logs were looked at, and of about how many. It may be called at any time.
	Looked() (n, of int)
}
