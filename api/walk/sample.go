package walk

import (
	"cmp"
	"container/heap"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"errata/model"
)

// lot draws a sample: the logs whose ids, hashed with a seed, give the smallest numbers. So the
// same seed draws the same of the same logs, in whatever order they come.
type lot struct {
	size  int
	seed  uint64
	met   int // logs
	drawn drawn
}

// ticket is a log that was drawn.
type ticket struct {
	number uint64
	place  int // in the order of the walk
	log    *model.Log
}

// drawn is the logs that are drawn so far: a heap with the largest number on top, which goes first.
type drawn []ticket

func newLot(size int, seed uint64) *lot { return &lot{size: size, seed: seed} }

// draw gives each of some logs its chance.
func (l *lot) draw(logs []*model.Log) {
	for _, log := range logs {
		l.met++
		t := ticket{l.number(log.Head().ID), l.met, log}
		switch {
		case len(l.drawn) < l.size:
			heap.Push(&l.drawn, t)
		case t.number < l.drawn[0].number:
			l.drawn[0] = t
			heap.Fix(&l.drawn, 0)
		}
	}
}

func (l *lot) number(id string) uint64 {
	sum := sha256.Sum256(append(binary.BigEndian.AppendUint64(nil, l.seed), id...))
	return binary.BigEndian.Uint64(sum[:])
}

// logs are those that were drawn, in the order of the walk.
func (l *lot) logs() []*model.Log {
	slices.SortFunc(l.drawn, func(a, b ticket) int { return cmp.Compare(a.place, b.place) })
	logs := make([]*model.Log, len(l.drawn))
	for i, t := range l.drawn {
		logs[i] = t.log
	}
	return logs
}

// Len implements heap.Interface.
func (d drawn) Len() int { return len(d) }

// Less implements heap.Interface.
func (d drawn) Less(i, j int) bool { return d[i].number > d[j].number }

// Swap implements heap.Interface.
func (d drawn) Swap(i, j int) { d[i], d[j] = d[j], d[i] }

// Push implements heap.Interface.
func (d *drawn) Push(x any) { *d = append(*d, x.(ticket)) }

// Pop implements heap.Interface.
func (d *drawn) Pop() any {
	last := (*d)[len(*d)-1]
	*d = (*d)[:len(*d)-1]
	return last
}
