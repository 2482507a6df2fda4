package main

type dueFlags struct{}
