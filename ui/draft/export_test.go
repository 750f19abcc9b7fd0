package draft

// BrokenOff reports whether the writing ahead that is under way is not wanted any more.
func (d *Draft) BrokenOff() bool { return d.prewrite != nil && d.prewrite.unwanted.Load() }
