package walk

import (
	"context"
	"fmt"

	"errata/api"
	"errata/model/spell"
)

// mostMeant is how many prompts a mistyped one is looked for among.
const mostMeant = 100

// meant is the error of a walk, with the prompt that was meant where there is none of that name.
func (w *Walk) meant(ctx context.Context, err error) error {
	if w.q.Prompt == "" || api.CodeOf(err) != api.NotFound {
		return err
	}
	return Meant(ctx, w.src.Service, w.q.Prompt, err)
}

// Meant adds to the error for a prompt that is not there the one that was probably meant, by its id
// or its path.
func Meant(ctx context.Context, svc api.Service, typed string, err error) error {
	list, failed := Prompts(ctx, svc, mostMeant)
	if failed != nil {
		return err
	}
	var names []string
	ids := map[string]string{} // by id and by path
	for _, p := range list {
		for _, name := range []string{p.ID, p.Path} {
			if name != "" {
				names, ids[name] = append(names, name), p.ID
			}
		}
	}
	if near := spell.Nearest(typed, names); near != "" {
		return fmt.Errorf("%w; did you mean %s", err, ids[near])
	}
	return err
}
