package theme

// Fills are what the parts of a bar are drawn with, each in one cell, so that they can be told
// apart without a colour; none if the screen is read aloud.
func (t *Theme) Fills() []string {
	if t.Plain {
		return nil
	}
	if t.ascii {
		return []string{"#", "=", "-"}
	}
	return []string{"█", "▒", "░"}
}
