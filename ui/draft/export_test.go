package draft

// BrokenOff tells whether the writing ahead that is under way is not wanted any more.
func (d *Draft) BrokenOff() bool { return d.ahead != nil && d.ahead.unwanted.Load() }
