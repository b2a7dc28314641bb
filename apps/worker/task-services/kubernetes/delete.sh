#!/bin/sh
# delete.sh: ends the process and removes what was installed; safe to repeat.
. "$(dirname "$0")/../lib.sh"
stop
rm -rf "$home" "etc/kubernetes" "var/lib/kubernetes"
say "$service is deleted"
# The last line, as the file is among them.
rm -rf "$here"
