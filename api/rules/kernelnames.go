package rules

// KernelMembers lists the members of a prompt that make one version of it another than the next, in
// the order in which a prompt shows them. A log is created with them under "prompt".
func KernelMembers() []string {
	names := make([]string, len(kernelRows()))
	for i, r := range kernelRows() {
		names[i] = r.name
	}
	return names
}
