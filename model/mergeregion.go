package model

import "slices"

// origin says from which side a region of a merge is taken.
type origin int

const (
	unchanged origin = iota // kept by both, or changed alike
	fromMine
	fromTheirs
	conflict
)

// region is a part of a merge: the same place in all three sequences.
type region struct {
	base, mine, theirs span
	from               origin
	twice              bool // a conflict, because one side put something here that the other put elsewhere, or nowhere
}

// merge3 cuts three sequences into regions, in order and without a gap. Hunks that do not collide
// are regions of their own, even where they meet. Where both sides moved the same, each to a place
// of its own, both places are in conflict: it would stand twice. So is the place to which one side
// moved what the other took away: it would be back.
func merge3(base, mine, theirs []int) (regions []region) {
	return mergeHunks(base, mine, theirs, hunks(base, mine), hunks(base, theirs))
}

// mergeHunks is merge3 where it is known what turns the base into both sides.
func mergeHunks(base, mine, theirs []int, a, b []hunk) (regions []region) {
	regions = regionsOf(len(base), mine, theirs, a, b)
	ours, others := map[int]bool{}, map[int]bool{}
	for _, r := range regions {
		r.puts(mine, theirs, func(item int) {
			if r.from == fromMine {
				ours[item] = true
			} else {
				others[item] = true
			}
		})
	}
	counts := map[int]*[3]int{} // of what was put somewhere
	for item := range ours {
		counts[item] = new([3]int)
	}
	for item := range others {
		counts[item] = new([3]int)
	}
	if len(counts) == 0 {
		return regions
	}
	for i, list := range [][]int{base, mine, theirs} {
		for _, item := range list {
			if n := counts[item]; n != nil {
				n[i]++
			}
		}
	}
	for i, r := range regions {
		r.puts(mine, theirs, func(item int) {
			n := counts[item]
			twice, back := *n == [3]int{1, 1, 1} && ours[item] && others[item], n[0] == 1 && n[1]+n[2] == 1
			if twice || back {
				regions[i].from, regions[i].twice = conflict, true
			}
		})
	}
	return regions
}

// puts calls f for what one side alone has in a region.
func (r region) puts(mine, theirs []int, f func(item int)) {
	list := cut(mine, r.mine)
	switch r.from {
	case fromTheirs:
		list = cut(theirs, r.theirs)
	case unchanged, conflict:
		return
	}
	for _, item := range list {
		f(item)
	}
}

// regionsOf cuts a base of so many items, and what hunks make of it, into regions.
func regionsOf(base int, mine, theirs []int, a, b []hunk) (regions []region) {
	var at region // its ends are how far the regions reach
	add := func(next region) {
		if next.base.len() > 0 || next.mine.len() > 0 || next.theirs.len() > 0 {
			regions = append(regions, next)
		}
		at = next
	}
	for len(a) > 0 || len(b) > 0 {
		i, j := cluster(a, b)
		from, to := bounds(a[:i], b[:j])
		add(at.next(from, 0, 0))
		next := at.next(to, growth(a[:i]), growth(b[:j]))
		switch {
		case i == 0:
			next.from = fromTheirs
		case j == 0:
			next.from = fromMine
		case !slices.Equal(cut(mine, next.mine), cut(theirs, next.theirs)):
			next.from = conflict
		}
		add(next)
		a, b = a[i:], b[j:]
	}
	add(at.next(base, 0, 0))
	return regions
}

// next is the region from the ends of r to a place of the base; the sides are longer than the base
// by so much.
func (r region) next(to, mine, theirs int) region {
	count := to - r.base.end
	return region{
		base:   span{r.base.end, to},
		mine:   span{r.mine.end, r.mine.end + count + mine},
		theirs: span{r.theirs.end, r.theirs.end + count + theirs},
	}
}

// cluster counts the first hunks of each side that hang together: the first of all, and what
// collides with it directly or by way of others.
func cluster(a, b []hunk) (i, j int) {
	if len(b) == 0 || len(a) > 0 && before(a[0].base, b[0].base) {
		i = 1
	} else {
		j = 1
	}
	for {
		switch {
		case i < len(a) && j > 0 && a[i].collides(b[j-1]):
			i++
		case j < len(b) && i > 0 && b[j].collides(a[i-1]):
			j++
		default:
			return i, j
		}
	}
}

func before(s, t span) bool { return s.start < t.start || s.start == t.start && s.end < t.end }

// bounds is the range of the base that the hunks of both sides cover.
func bounds(a, b []hunk) (from, to int) {
	all := slices.Concat(a, b)
	from, to = all[0].base.start, all[0].base.end
	for _, h := range all {
		from, to = min(from, h.base.start), max(to, h.base.end)
	}
	return from, to
}

// growth is by how many items the hunks make a side longer.
func growth(hunks []hunk) int {
	n := 0
	for _, h := range hunks {
		n += h.side.len() - h.base.len()
	}
	return n
}
