#!/bin/sh
# health.sh: ends well when the process answers, and shows what it says about itself.
. "$(dirname "$0")/../lib.sh"
ask 3 || die "$service does not answer"
cat "$home/status"
