#!/bin/sh
# restart.sh: a new process in place of the one that runs, or of the one that does not.
. "$(dirname "$0")/../lib.sh"
[ -f "$home/state" ] || die "$service is not installed"
start
