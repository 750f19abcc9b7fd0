package api

import (
	"context"
	"net/http"
	"strings"
	"unsafe"

	"errata/model"
	"errata/model/jsonraw"
)

// Service is the part of the v5 API that errata needs. The HTTP client, the stores and the fake
// implement it and pass the suite in api/apitest. Every error is an *Error. Documents are bytes as
// stored; nothing re-encodes them.
type Service interface {
	// Logs lists the logs of one prompt, newest first: one page as the API sends it, a JSON object
	// with records, page, size and total. NotFound for an unknown prompt.
	Logs(ctx context.Context, q LogQuery) ([]byte, error)
	// Log gets one log by its exact id. NotFound when there is none.
	Log(ctx context.Context, id string) (Document, error)
	// UpdateLog replaces the members of a log that patch names, and returns the log as it is then.
	// patch is a JSON object. ifMatch, unless empty, is the ETag that the log must still have, else
	// Precondition. NotFound for an unknown log or one under another prompt; Invalid for a patch of
	// the wrong shape, nothing written. The call is made once and never repeated; Error.Sent says
	// whether it may have taken effect.
	UpdateLog(ctx context.Context, promptID, logID string, patch []byte, ifMatch string) (Document, error)
	// CreateLog records a log (POST /prompts/log); body is a JSON object as documented there.
	// Repeated only where the server asked to slow down, and so did nothing.
	CreateLog(ctx context.Context, q CreateQuery, body []byte) (Created, error)
	// Prompts lists prompts: one page as the API sends it.
	Prompts(ctx context.Context, q PromptQuery) ([]byte, error)
	// Prompt gets one prompt: the version asked for, else the default deployed one, else the
	// newest.
	Prompt(ctx context.Context, id string, q CreateQuery) ([]byte, error)
}

// Revalidator is a Service that can say that a log is still the one that its caller has.
type Revalidator interface {
	// LogUnless is Log, but where the server says that the log has this entity tag, same is true
	// and the document is not sent.
	LogUnless(ctx context.Context, id, tag string) (doc Document, same bool, err error)
}

// Tagger is a Service that knows the entity tag of a log without reading it: that of Log, empty if
// only Log can tell.
type Tagger interface {
	LogTag(ctx context.Context, id string) (tag string, err error)
}

// LockedHeader is a header beyond v5 with the fields of Document.Locked: names, separated by
// commas.
const LockedHeader = "Errata-Locked"

func lockedIn(h http.Header) (names []string) {
	for name := range strings.SplitSeq(h.Get(LockedHeader), ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// Document is a log as stored or received.
type Document struct {
	Raw  []byte // nil if the log is in parts, see Parts
	ETag string // as in the header, with its quotes; empty when the server sends none

	// Locked names the fields whose stored bytes are not valid UTF-8. The document shows U+FFFD in
	// their place, so such a field can be replaced as a whole, but not edited.
	Locked []string

	log *model.Log // of Raw, when it has been read already
}

// Log reads the document; if the client has done so already, to check the answer, at no cost.
// Errors as of model.ParseLog.
func (d Document) Log() (*model.Log, error) {
	log := d.log
	if log == nil {
		var err error
		if log, err = model.ParseLog(d.Raw); err != nil {
			return nil, err
		}
	}
	return log.Lock(d.Locked), nil
}

// InParts is a document that is in several parts, as the answer to a PATCH of a large log may be: it
// has no Raw.
func InParts(log *model.Log, tag string) Document { return Document{ETag: tag, log: log} }

// Parts is the document without a copy, mostly in one part.
func (d Document) Parts() jsonraw.Parts {
	if d.Raw == nil && d.log != nil {
		return d.log.Parts()
	}
	return jsonraw.Parts{d.Raw}
}

// Read is the document where log was read of it, of these very bytes; then Log gives that one.
func (d Document) Read(log *model.Log) Document {
	if sameMemory(log.Bytes(), d.Raw) {
		d.log = log
	}
	return d
}

// sameMemory reports whether two slices are the same bytes in memory.
func sameMemory(a, b []byte) bool {
	return len(a) == len(b) && unsafe.SliceData(a) == unsafe.SliceData(b)
}

// AllPrompts as LogQuery.FileID lists the logs of all prompts in one order, the newest first: an
// addition to the API, for lists that nothing but dates select. A page of it goes on behind the
// mark LogQuery.After, and gives the next one, see model.Page.
const AllPrompts = "*"

// AllLister is a Service that may list the logs of all prompts in one request.
type AllLister interface {
	// AllLogs is Logs for AllPrompts; NotFound where the server does not know that.
	AllLogs(ctx context.Context, q LogQuery) ([]byte, error)
}

// LogQuery selects logs. Zero members do not select. Page counts from 1; zero means 1. Size zero
// means none, so callers set it (the API's default is 10).
type LogQuery struct {
	FileID         string
	Page, Size     int
	VersionID      string
	IDs            []string // contained in the id, any of them
	Search         string   // contained in the text of the inputs or the output, in any case
	SearchIn       []string // see below
	MetadataSearch string
	StartDate      string // ISO 8601, inclusive
	EndDate        string // ISO 8601, inclusive
	Sample         int    // about so many of the selected logs, always the same ones; 0 for all
	// true: only logs that are part of a trace; false: only others; both or none: all
	InTrace []bool

	IncludeTraceChildren bool // fill trace_children of the logs of flows and agents
	IncludeParent        bool // put the log that it judges into each log of an evaluator

	// SearchIn asks for more of Search, and is an addition to the API: Search is then in the
	// language of the package model/search, and looks in these places: "all", or those that
	// rules.SearchPlaces lists. The page says in its member "searched_in" that it was so; a server
	// that does not know the addition looks for the text in the inputs and the output, and the page
	// has no such member.

	// Cut is about how many bytes each member of a log may have: what is beyond them is left out,
	// and the log then has a member more that lists those that are not whole, see model.Log.Whole.
	// It is for tables of logs of any size, and an addition to the API: a server that does not know
	// it sends whole logs. 0 for those.
	Cut int

	After string // see AllPrompts
}

// plain reports whether nothing but dates selects logs.
func (q LogQuery) plain() bool {
	return q.Search == "" && q.MetadataSearch == "" && len(q.IDs) == 0 && q.VersionID == "" && q.Sample == 0 && len(q.InTrace) == 0
}

// PromptQuery selects prompts. Order is "asc" or "desc"; SortBy created_at, updated_at or name;
// empty means the API's defaults.
type PromptQuery struct {
	Page, Size          int
	Name, SortBy, Order string
	// part of the name or the email address of who made the shown version, in any case
	User string
}

// CreateQuery picks the version of a prompt. Both empty: the default.
type CreateQuery struct{ VersionID, Environment string }

// Created is the answer to CreateLog.
type Created struct{ ID, PromptID, VersionID string }
