package cli

import (
	"errata/model"
	"errata/model/judgment"
	"errata/model/path"
	"errata/model/tree"
)

// judgedColumn returns the evaluator of a column such as judgment.rating, as a name, path or id. ok
// is false for other columns.
func judgedColumn(p path.Path) (evaluator string, ok bool) {
	if len(p) != 2 || p[0].Name != judgment.Said || p[1].Name == "" {
		return "", false
	}
	return p[1].Name, true
}

// judgedCell is the value of the newest judgment that a log has from an evaluator; nil when it has
// none.
func judgedCell(doc []byte, evaluator string) *tree.Node {
	log, err := model.ParseLog(doc)
	if err != nil {
		return nil
	}
	var newest *judgment.Judgment
	for _, s := range judgment.Standings(judgment.Of(log)) {
		of := judgment.Filter{Evaluator: evaluator, Any: true}
		if !s.Withdrawn() && of.Of(s.Evaluator) && (newest == nil || !s.Newest.Before(*newest)) {
			newest = &s.Newest
		}
	}
	if newest == nil {
		return nil
	}
	return tree.New(newest.Value.Bytes())
}
