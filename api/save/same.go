package save

import (
	"context"

	"errata/api"
	"errata/api/rules"
	"errata/model"
)

// revalidateFrom is the size of a log in bytes from which on errata, before it reads the log again,
// asks the server whether it has changed.
const revalidateFrom = 1 << 20

// unchanged reads a log, or gives at where the server says that the log is still those bytes.
//
// The tag for that is made here from the bytes, as errata's server makes it. A tag that counts
// versions, or that a server gives to what it was sent rather than to what it keeps, is never
// mistaken for a proof: it does not match, and the log is read as a whole.
func unchanged(ctx context.Context, svc api.Service, at *model.Log) (doc api.Document, tag string, same bool, err error) {
	r, ok := svc.(api.Revalidator)
	if !ok || at.Size() < revalidateFrom {
		doc, err = svc.Log(ctx, at.Head().ID)
		return doc, doc.ETag, false, err
	}
	sum := at.Sum()
	tag = rules.Tag(sum[:])
	doc, same, err = r.LogUnless(ctx, at.Head().ID, tag)
	if !same {
		tag = doc.ETag
	}
	return doc, tag, same, err
}
