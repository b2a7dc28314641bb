#!/bin/sh
# The stand-in's process: applies lines `SET key value` of services/redis/commands, and keeps the values.
. "$(dirname "$0")/../lib.sh"
mkdir -p "var/lib/redis"
work() {
  store=var/lib/redis/appendonly
  if [ -f "$home/commands" ]; then
    mv -f "$home/commands" "$home/applying"
    sed -n 's/^SET \([A-Za-z0-9:._-]\{1,64\}\) /\1=/p' "$home/applying" >> "$store"
    rm -f "$home/applying"
  fi
  [ -f "$store" ] || : > "$store"
  printf 'ready, %s values written\n' "$(wc -l < "$store" | tr -d ' ')" > "$home/status"
}
serve "${1:?}"
