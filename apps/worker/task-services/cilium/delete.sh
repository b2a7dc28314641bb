#!/bin/sh
# delete.sh: ends the process and removes what was installed; safe to repeat.
. "$(dirname "$0")/../lib.sh"
stop
rm -rf "$home" "etc/cni/net.d/05-cilium.conflist" "var/lib/cilium"
say "$service is deleted"
# The last line, as the file is among them.
rm -rf "$here"
