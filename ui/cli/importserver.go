package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/logfile"
	"errata/api/rules"
	"errata/config"
	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
)

// importToServer sends logs to another server.
func (a *upkeep) importToServer(cmd *cobra.Command, paths []string, url, rejected string) error {
	if err := found(paths); err != nil {
		return err
	}
	given := givenFlags(cmd.Flags())
	delete(given, config.DB)
	given[config.BaseURL] = url
	cfg, err := config.Load(given, a.env.Environ)
	if err != nil {
		return err
	}
	a.cfg = cfg
	ctx := cmd.Context()
	svc, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer svc.close()
	sink := &serverSink{importReader: a.newImportReader(rejected), svc: svc, paths: map[string]bool{}, known: map[string]bool{}}
	return importInto(ctx, sink.importReader, paths, sink)
}

// serverSink sends the logs of an import to another server, and counts them.
type serverSink struct {
	*importReader
	svc   *service
	paths map[string]bool // of prompts that the server is known to have

	later  []laterJudgment
	known  map[string]bool // ids of these logs
	unsent int             // judgments within logs that cannot be sent

	mu                   sync.Mutex
	made, there, renamed int
	judged, judgedThere  int // likewise of judgments
}

// serverLog is a log ready to be created on the server.
type serverLog struct {
	log  *model.Log
	id   string
	path string // path of its prompt
	body []byte

	judges bool // whether it is a judgment
}

var _ logfile.Sink[serverLog] = (*serverSink)(nil)

// Most implements logfile.Limited: batches are small, so that the progress moves however long a
// request takes.
func (*serverSink) Most() int { return 16 * senders }

// senders is how many requests are under way at the same time.
const senders = 4

// Files implements logfile.Sink. Prompts are not sent by themselves: each log creates its own.
func (*serverSink) Files(context.Context, []logfile.File) ([]error, error) { return nil, nil }

// Prepare implements logfile.Sink.
func (*serverSink) Prepare(raw []byte) (serverLog, error) {
	log, err := model.ParseLog(raw)
	if err != nil {
		return serverLog{}, err
	}
	head := log.Head()
	names := log.Camel()
	switch {
	case head.ID == "":
		return serverLog{}, errors.New(`not a log: it has no text "id"`)
	case len(names) > 0: // the server would have a log without them
		return serverLog{}, fmt.Errorf("its names are in camelCase (%s), and no fields; errata help import has a line of jq that renames them", camelNames(names))
	case head.Kind == string(api.EvaluatorFile):
		return judgmentLog(log)
	case head.Kind == "" || head.PromptID == "" && head.PromptPath == "":
		return serverLog{}, errors.New(`not a log of a prompt: it has no "prompt" with a text "id" or "path"`)
	case head.Kind != string(api.PromptFile):
		return serverLog{}, fmt.Errorf("a log of a %s cannot be made on a server; only logs of prompts and judgments can", head.Kind)
	}
	return serverLog{log: log, id: head.ID, path: head.PromptPath, body: creation(log, head)}, nil
}

// creation is the body of the request that creates a log: its fields, its id as log_id, and its
// prompt by path and kernel. A prompt without a path is named by its id.
func creation(log *model.Log, head model.Head) []byte {
	var o object
	add := func(name string, v model.Value) {
		if v.IsSet() {
			o.add(name, v.Bytes())
		}
	}
	o.text("log_id", head.ID)
	if head.PromptPath != "" {
		o.text("path", head.PromptPath)
		if kernel := kernelOf(log.Member(string(api.PromptFile)).Bytes()); kernel != nil {
			o.add(string(api.PromptFile), kernel)
		}
	} else {
		o.text("id", head.PromptID)
	}
	for _, f := range model.Fields() {
		add(f.Name, log.Value(f))
	}
	add("user", log.Member("user"))
	add("environment", log.Member("environment"))
	return o.bytes()
}

// kernelOf is the part of a prompt that makes its version, nil when it has no model, which a
// version needs.
func kernelOf(prompt []byte) []byte {
	members, err := jsonraw.Members(prompt)
	if err != nil {
		return nil
	}
	var o object
	for i, name := range rules.KernelMembers() {
		m, ok := jsonraw.Find(members, name)
		set := ok && m.Kind != jsonraw.Null
		if i == 0 && !set {
			return nil
		}
		// Linked tools are objects in a response and ids in a request, and the ids belong to
		// another server.
		if set && name != "linked_tools" {
			o.add(name, m.Val.Of(prompt))
		}
	}
	return o.bytes()
}

// Logs implements logfile.Sink. Judgments are stored for finish.
func (s *serverSink) Logs(ctx context.Context, logs []logfile.Log[serverLog]) ([]error, error) {
	var now []serverLog
	var at []int
	for i, log := range logs {
		if s.keepJudgments(log); !log.Ready.judges {
			now, at = append(now, log.Ready), append(at, i)
		}
	}
	some, err := s.sendAll(ctx, now)
	if err != nil {
		return nil, err
	}
	refused := make([]error, len(logs))
	for n, i := range at {
		refused[i] = some[n]
	}
	return refused, nil
}

// sendAll creates logs, several at the same time. The first log of each prompt or evaluator is sent
// alone, because it creates the prompt.
func (s *serverSink) sendAll(ctx context.Context, logs []serverLog) ([]error, error) {
	refused := make([]error, len(logs))
	var rest []int
	for i, log := range logs {
		if s.paths[log.path] {
			rest = append(rest, i)
			continue
		}
		s.paths[log.path] = true
		if err := s.send(ctx, log, &refused[i]); err != nil {
			return refused, err
		}
	}
	errs := make([]error, senders)
	var group sync.WaitGroup
	for n := range senders {
		group.Go(func() {
			for i := n; i < len(rest) && errs[n] == nil; i += senders {
				errs[n] = s.send(ctx, logs[rest[i]], &refused[rest[i]])
			}
		})
	}
	group.Wait()
	return refused, cmp.Or(errs...)
}

// send creates one log unless it exists. It returns only an error that ends the import; one that
// concerns this log is put into refused.
func (s *serverSink) send(ctx context.Context, log serverLog, refused *error) error {
	doc, err := s.svc.Log(ctx, log.id)
	switch api.CodeOf(err) {
	case 0:
		*refused = s.compare(doc, log)
		return nil
	case api.NotFound:
	default:
		return err
	}
	id, err := s.create(ctx, log)
	switch code := api.CodeOf(err); {
	case err == nil:
		s.count(log, id)
		return nil
	case errors.Is(err, api.ErrNoJudgments):
		return err
	case code == api.Invalid, code == api.NotFound, code == api.Conflict, code == api.Failed:
		*refused = err
		return nil
	}
	return err
}

// create creates a log and returns the id that the server gave it.
func (s *serverSink) create(ctx context.Context, log serverLog) (id string, err error) {
	if log.judges {
		return s.makeJudgment(ctx, log)
	}
	made, err := s.svc.CreateLog(ctx, api.CreateQuery{}, log.body)
	return made.ID, err
}

// count counts a log that was created under an id.
func (s *serverSink) count(log serverLog, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id != log.id {
		s.renamed++
	}
	if log.judges {
		s.judged++
		return
	}
	s.made++
}

// compare returns an error when the log on the server differs from the one that was to be created.
func (s *serverSink) compare(doc api.Document, log serverLog) error {
	there, err := doc.Log()
	if err != nil {
		return err
	}
	if log.judges {
		if err := sameJudgment(there, log); err != nil {
			return err
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.judgedThere++
		return nil
	}
	c := model.NewChangeSet(there)
	for _, f := range model.Fields() {
		// the server sets the time of a log without one
		if v := log.log.Value(f); v.IsSet() || f != model.CreatedAt {
			c.Set(f, v)
		}
	}
	if changed := c.Changed(); len(changed) > 0 {
		return fmt.Errorf("log %s is on the server already and differs in %s; it was left as it is", log.id, model.Names(changed))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.there++
	return nil
}

// close implements importSink.
func (s *serverSink) close(err error) (stays bool) {
	stays = s.made+s.there+s.judged+s.judgedThere > 0
	s.sumUp(s.summary(), stays, err)
	if s.renamed > 0 {
		s.say("warning: the server gave %s other ids than those they had: importing them again would make them a second time", figure.Count(s.renamed, "log"))
	}
	return stays
}

func (s *serverSink) summary() string {
	what := figure.Count(s.made, "log")
	if s.judged > 0 {
		what += ", " + figure.Count(s.judged, "judgment")
	}
	text := fmt.Sprintf("%s sent to %s", what, s.svc.name)
	if n := s.there + s.judgedThere; n > 0 {
		text += ", " + figure.Int(n) + " there already"
	}
	if s.unsent > 0 {
		text += ", " + figure.Count(s.unsent, "judgment") + " not sent for want of an id or an evaluator"
	}
	if s.refused > 0 {
		text += "; " + figure.Count(s.refused, "line") + " refused"
	}
	return text
}
