package apitest_test

import (
	"testing"

	"errata/api"
	"errata/api/apitest"
)

func TestFake(t *testing.T) {
	apitest.Suite(t, func(t *testing.T, seed apitest.Seed) api.Service { return apitest.NewFake(t, seed) })
}
