package group_test

import (
	"slices"
	"sync"
	"testing"

	"errata/api/group"
)

// What comes while other work is under way is done together, each piece once and in order.
func TestGroup(t *testing.T) {
	t.Parallel()
	started, goOn := make(chan struct{}), make(chan struct{})
	var rounds [][]int
	var all sync.WaitGroup
	g := group.New(func(list []int) {
		if len(rounds) == 0 {
			close(started)
			<-goOn
		}
		rounds = append(rounds, list)
		for range list {
			all.Done()
		}
	})
	all.Add(4)
	go g.Add(1) // whoever finds nothing under way does the work
	<-started
	for n := range 3 {
		g.Add(n + 2)
	}
	close(goOn)
	all.Wait()
	if len(rounds) != 2 || !slices.Equal(rounds[0], []int{1}) || !slices.Equal(rounds[1], []int{2, 3, 4}) {
		t.Errorf("the rounds are %v", rounds)
	}
}
