#!/bin/sh
# configure.sh <server> <role>: writes the settings anew; the process reads them at its next look.
. "$(dirname "$0")/../lib.sh"
. "$here/settings.sh"
[ -f "$home/state" ] || die "$service is not installed"
settings "$@"
keep_state
ask 10 || die "$service is configured and does not answer"
say "$service is configured"
