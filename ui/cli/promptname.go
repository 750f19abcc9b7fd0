package cli

import (
	"context"

	"errata/api"
	"errata/model"
	"errata/model/spell"
)

// knownPrompts is how many prompts a mistyped one is looked for among.
const knownPrompts = 100

// unknownPrompt adds to the error for a prompt that is not there the one that was probably meant,
// by its id or its path.
func unknownPrompt(ctx context.Context, svc api.Service, typed string, err error) error {
	if typed == "" || api.CodeOf(err) != api.NotFound && codeOf(err) != exitNotFound {
		return err
	}
	raw, failed := svc.Prompts(ctx, api.PromptQuery{Page: 1, Size: knownPrompts})
	if failed != nil {
		return err
	}
	page, failed := model.ParsePage(raw)
	if failed != nil {
		return err
	}
	var names []string
	ids := map[string]string{} // by id and by path
	for _, p := range page.Logs {
		id, _ := p.Member("id").Text()
		path, _ := p.Member("path").Text()
		for _, name := range []string{id, path} {
			if name != "" {
				names, ids[name] = append(names, name), id
			}
		}
	}
	if near := spell.Nearest(typed, names); near != "" {
		return fail(exitNotFound, "%w; did you mean %s", err, ids[near])
	}
	return err
}
