package model

import "time"

// Totals sums what a log used. Sums are exact decimals as text, "" when no part is known.
type Totals struct {
	Tokens   string // prompt and output; reasoning tokens are part of the output
	Cost     string // dollars
	Duration string // seconds from start to end with the digits needed, "" when unknown
}

// Totals computes the totals of the log as edited.
func (c *ChangeSet) Totals() Totals { panic("todo") }

// ParseTime reads an ISO 8601 time as the API writes it; one without a zone means UTC and naive is true.
func ParseTime(text string) (t time.Time, naive bool, err error) { panic("todo") }

// Summary is a row of a table of logs. Every string is decoded text of the log, not made safe for a
// terminal.
type Summary struct {
	ID, Created, Status, Model, Tokens, Cost, Latency, Output string // Status: "error" or "ok"; Output: its first words, at most 200 bytes
}

// Summarize makes the row. Its cost does not grow with the size of the log's values.
func (l *Log) Summarize() Summary { panic("todo") }
