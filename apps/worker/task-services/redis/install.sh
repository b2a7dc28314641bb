#!/bin/sh
# install.sh <server> <role>: safe to repeat; the process is a new one, by these scripts.
. "$(dirname "$0")/../lib.sh"
. "$here/settings.sh"
say "installing $service $(version)"
settings "$@"
start
keep_state
say "$service $(version) is installed"
