package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"errata/config"
	"errata/model"
	"errata/model/charset"
)

// assignment is one argument of set, its text in hand.
type assignment struct {
	model.Assignment
	text string
}

// assignments reads the arguments of set and the files that they name. What is no assignment, or
// names no field, is wrong use.
func (a *app) assignments(ctx context.Context, args []string) ([]assignment, error) {
	var out []assignment
	stdin := false
	for _, arg := range args {
		parsed, err := model.ParseAssignment(arg)
		if err != nil {
			return nil, wrongAssignment(arg, err)
		}
		next := assignment{parsed, parsed.Text}
		if parsed.FromFile {
			if parsed.File == "-" && stdin {
				return nil, fail(exitUsage, "standard input can be used for one field only")
			}
			stdin = stdin || parsed.File == "-"
			next.text, err = a.fileText(ctx, parsed)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", parsed.Field.Name, err)
			}
		}
		out = append(out, next)
	}
	return out, nil
}

// wrongAssignment tells an argument that cannot be read from one whose value is refused, and finds
// the field that was meant.
func wrongAssignment(arg string, err error) error {
	var refused *model.ParseError
	if errors.As(err, &refused) {
		return err
	}
	name, _, _ := strings.Cut(arg, "=")
	name, _, _ = strings.Cut(strings.TrimSuffix(name, ":"), ".")
	if _, ok := model.Lookup(name); !ok && name != arg && name != "" {
		return unknownField(name)
	}
	return fail(exitUsage, "%w", err)
}

// fileText reads the file of an assignment. No shell expands a name that stands behind =@.
func (a *app) fileText(ctx context.Context, parsed model.Assignment) (string, error) {
	name, err := config.Expand(parsed.File, a.env.Environ)
	if err != nil {
		return "", err
	}
	raw, err := a.input(ctx, name)
	if err != nil {
		return "", err
	}
	return taken(parsed, string(raw))
}

// taken is the content of a file as an assignment takes it: exactly, the line break at its end
// included, or where only the meaning counts as UTF-8 without a byte order mark.
func taken(a model.Assignment, content string) (string, error) {
	if !a.Exact() {
		plain, err := charset.Decode([]byte(content))
		return string(plain), err
	}
	if charset.IsUTF16([]byte(content)) {
		return "", fail(exitRefused, "the file is UTF-16, and its bytes would be taken exactly: write it as UTF-8 first")
	}
	return content, nil
}

// assign carries the assignments out on a log. Each that is refused is in the error.
func assign(log *model.Log, list []assignment) (*model.ChangeSet, error) {
	changes := model.NewChangeSet(log)
	var refused []error
	for _, next := range list {
		if err := changes.Assign(next.Assignment, next.text); err != nil {
			refused = append(refused, err)
		}
	}
	return changes, errors.Join(refused...)
}
