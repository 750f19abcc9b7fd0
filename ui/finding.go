package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"errata/api"
	"errata/api/walk"
	"errata/ui/browse"
)

// prompts lists the prompts of the server with their counts of logs.
func (l listing) prompts(ctx context.Context) ([]browse.Prompt, error) {
	list, err := walk.Prompts(ctx, l.source.Service, 0)
	if err == nil {
		err = walk.Count(ctx, l.source.Service, list)
	}
	out := make([]browse.Prompt, 0, len(list))
	for _, p := range list {
		out = append(out, browse.Prompt{ID: p.ID, Path: p.Path, Logs: p.Logs})
	}
	return out, err
}

// find finds a log by its id, a prompt by its id or path, or the only log whose id begins with what
// was typed.
func (l listing) find(ctx context.Context, typed string) (browse.Found, error) {
	svc := l.source.Service
	_, err := svc.Log(ctx, typed)
	if err == nil {
		return browse.Found{Log: typed}, nil
	}
	if api.CodeOf(err) != api.NotFound {
		return browse.Found{}, err
	}
	if _, err := svc.Prompt(ctx, typed, api.CreateQuery{}); err == nil {
		return browse.Found{Prompt: typed}, nil
	}
	if id, err := walk.PromptAt(ctx, svc, typed); err == nil && id != "" {
		return browse.Found{Prompt: typed}, nil
	}
	return l.begun(ctx, typed)
}

// begun finds the only log whose id begins with what was typed. The server is asked for the ids
// that contain it.
func (l listing) begun(ctx context.Context, typed string) (browse.Found, error) {
	list := api.NewLister(l.source.Service, api.LogQuery{IDs: []string{typed}, Cut: api.PreviewCut})
	var found []string
	for len(found) < 2 {
		logs, err := list.Next(ctx, findPage)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return browse.Found{}, err
		}
		for _, log := range logs {
			if id := log.Head().ID; strings.HasPrefix(id, typed) {
				found = append(found, id)
			}
		}
	}
	switch len(found) {
	case 0:
		return browse.Found{}, fmt.Errorf("no log and no prompt is %s, and no id begins so", typed)
	case 1:
		return browse.Found{Log: found[0]}, nil
	}
	return browse.Found{}, fmt.Errorf("several ids begin with %s: %s, %s …", typed, found[0], found[1])
}

// findPage is how many logs one request asks for.
const findPage = 20
