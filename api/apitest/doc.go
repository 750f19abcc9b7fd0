// Package apitest holds what every api.Service must do, as a suite of tests, and a Fake service for
// the tests of what is built on one. Only tests import it.
//
// It knows the Service interface and the rules of errata's own server. It must not know any one
// implementation but its Fake.
package apitest
