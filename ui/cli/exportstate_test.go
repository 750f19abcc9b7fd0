package cli_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"errata/api/store"
	"errata/ui/cli"
)

// TestExportIsOfOneState changes, adds and deletes logs of several prompts when the first bytes of
// an export are taken. It is what the store was before, of all logs, of one prompt and of a
// selection, and the next one is what the store is then.
func TestExportIsOfOneState(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{}, {"--prompt", "pr_1"}, {"--search", "state"}} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			t.Parallel()
			db := filepath.Join(t.TempDir(), "errata.db")
			st, err := store.Open(t.Context(), db, store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = st.Close() })
			log := func(id string, i int) []byte {
				return fmt.Appendf(nil, `{"id":"log_%s","created_at":"2025-07-01T12:00:00Z","output":"state %0200d","prompt":{"id":"pr_%d"}}`, id, i, i%2)
			}
			err = st.Batch(t.Context(), func(ctx context.Context) error {
				for i := range 4000 {
					if _, err := st.Import(ctx, log(fmt.Sprint(i), i)); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			export := func(change func()) []string {
				got := run(t, func(e *cli.Env) {
					e.Environ = append(e.Environ, "ERRATA_DB="+db)
					e.Stdout = &trigger{Writer: e.Stdout, on: "log_", do: sync.OnceFunc(change)}
				}, append([]string{"export"}, args...)...)
				got.wants(t, 0)
				return slices.Collect(strings.Lines(got.stdout))
			}
			before := export(func() {})
			during := export(func() {
				for _, i := range []int{1, 3, 3997, 3999} {
					if _, err := st.UpdateLog(context.Background(), "pr_1", fmt.Sprintf("log_%d", i), []byte(`{"output":"another state"}`), ""); err != nil {
						t.Error(err)
					}
				}
				if err := st.DeleteLogs(context.Background(), []string{"log_5", "log_3995"}); err != nil {
					t.Error(err)
				}
				if _, err := st.Import(context.Background(), log("new", 1)); err != nil {
					t.Error(err)
				}
			})
			after := export(func() {})
			if !slices.Equal(during, before) {
				t.Errorf("%d logs are exported, where there were %d, or others", len(during), len(before))
			}
			if slices.Equal(after, before) {
				t.Error("what was changed meanwhile is not exported the next time")
			}
		})
	}
}
