package judge

import (
	"context"
	"errors"
	"net/http"

	"errata/api"
	"errata/model"
	"errata/model/judgment"
)

// evaluatorPage is how many evaluators are asked for at a time.
const evaluatorPage = 100

// Lister is a service that lists evaluators.
type Lister interface {
	FilesOfKind(ctx context.Context, kind api.FileKind, q api.PromptQuery) ([]byte, error)
}

// Evaluators reads the evaluators of a service, and the document of each. api.ErrNoJudgments is in
// the chain of the error where it knows none.
func Evaluators(ctx context.Context, svc Lister) (list []judgment.Evaluator, docs [][]byte, err error) {
	for number := 1; ; number++ {
		raw, err := svc.FilesOfKind(ctx, api.EvaluatorFile, api.PromptQuery{Page: number, Size: evaluatorPage})
		if err != nil {
			return nil, nil, unlisted(err)
		}
		page, err := model.ParsePage(raw)
		if err != nil {
			return nil, nil, &api.Error{Code: api.BadAnswer, Msg: "the list of evaluators cannot be read: " + err.Error(), Err: err}
		}
		for _, doc := range page.Logs {
			list, docs = append(list, judgment.ReadEvaluator(doc.Bytes())), append(docs, doc.Bytes())
		}
		if len(page.Logs) == 0 || len(list) >= page.Total {
			return list, docs, nil
		}
	}
}

// unlisted is why there is no list: a server without that endpoint takes no judgments.
func unlisted(err error) error {
	var e *api.Error
	if errors.As(err, &e) && (e.Code == api.NotFound || e.Status == http.StatusMethodNotAllowed) {
		return api.NoJudgments(e)
	}
	return err
}
