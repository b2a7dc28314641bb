# Shared by the scripts of all task services; read by them, never run. POSIX sh, no tools beyond POSIX.
# A server is one directory. Its scripts lie in task-services/<service>/, so that directory is two above them.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
service=${here##*/}
home=services/$service
# What is written is written from here, by relative paths: into a directory that was removed nothing can be written, so
# no straggler brings a part of a removed server back.
cd "$root"

say() { printf '%s\n' "$*"; }

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Writes standard input to a file of the server, at once or not at all.
put() {
  mkdir -p "${1%/*}"
  cat > "$1.part"
  mv -f "$1.part" "$1"
}

# A text as the inside of a JSON string: quotes and backslashes are escaped, control characters dropped.
json() { printf '%s' "$1" | tr -d '\000-\037\177' | sed 's/\\/\\\\/g; s/"/\\"/g'; }

version() { sed -n 's/^version=//p' "$here/about"; }

# What is known of the service on this server; read from outside, too.
keep_state() {
  put "$home/state" <<EOF
service=$service
version=$(version)
scripts=$(cat "$here/digest" 2> /dev/null || true)
EOF
}

# Asks the process a question that only a living one can answer, and waits for the answer: at most $1 seconds.
# Files are the way, because they work the same in a folder of this machine and on a server over SSH.
ask() {
  [ -f "$home/owner" ] || return 1
  read -r owner < "$home/owner" || return 1
  rm -f "$home/pong"
  question=$(date +%s).$$
  printf '%s\n' "$question" > "$home/ping.part"
  mv -f "$home/ping.part" "$home/ping"
  until=$(($(date +%s) + $1))
  while [ "$(date +%s)" -le "$until" ]; do
    if [ -f "$home/pong" ]; then
      read -r answer < "$home/pong" || true
      [ "$answer" = "$question $owner" ] && return 0
    fi
    nap 0.05
  done
  return 1
}

# Starts the process of the service, in place of one that runs: whoever is not the owner any more ends by itself.
start() {
  mkdir -p "$home"
  token=t$(date +%s)$$.$(od -An -N4 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s\n' "$token" > "$home/owner.part"
  mv -f "$home/owner.part" "$home/owner"
  if [ -d init ]; then
    # What a script starts in a folder of this machine ends with it; there it is asked for.
    printf '%s\n' "$token" > ".start-$service"
    mv -f ".start-$service" "init/$service"
  else
    nohup sh "$here/serve.sh" "$token" > /dev/null 2>&1 < /dev/null &
  fi
  ask 10 || die "$service was started and does not answer"
  say "$service runs"
}

# Ends the process: without an owner it stops at its next look, and takes its mark along.
stop() {
  rm -f "$home/owner" "init/$service"
  until=$(($(date +%s) + 5))
  while ls "$home"/alive.* > /dev/null 2>&1; do
    # It looks every second; one that is silent for longer was killed before and left its mark behind.
    [ "$(date +%s)" -le "$until" ] || break
    nap 0.1
  done
  rm -f "$home"/alive.*
  say "$service does not run any more"
}

# The process of a service. It looks whether it is still wanted and whether somebody asks, each second, and more often
# for some seconds after it was asked. Every tenth look, and when asked, it does `work`, which writes what the service
# says about itself to the file `status`. It ends when it is not the owner, and so when its server goes.
serve() {
  me=$1
  is_owner || exit 0
  : > "$home/alive.$me"
  trap 'rm -f "$home/alive.$me"' EXIT
  trap 'exit 0' TERM INT HUP
  turn=0
  awake=0
  while is_owner; do
    if [ "$turn" -eq 0 ] || [ -f "$home/ping" ]; then work; fi
    turn=$(((turn + 1) % 10))
    if [ -f "$home/ping" ]; then
      read -r asked < "$home/ping" || asked=
      rm -f "$home/ping"
      printf '%s %s\n' "$asked" "$me" > "$home/pong.part"
      mv -f "$home/pong.part" "$home/pong"
      awake=40
    fi
    if [ "$awake" -gt 0 ]; then
      awake=$((awake - 1))
      nap 0.1
    else
      sleep 1
    fi
  done 2> /dev/null
}

# Not every sleep knows fractions.
nap() { sleep "$1" 2> /dev/null || sleep 1; }

# By the absolute path: in a directory that was moved away nobody is the owner.
is_owner() { { read -r owner < "$root/$home/owner"; } 2> /dev/null && [ "$owner" = "$me" ]; }
